import { type CheckContext, type Judgement, fail, pass, unknown } from '../../check.ts';
import type { Json } from '../../model/json.ts';
import type { Severity } from '../../model/severity.ts';
import type { CompiledPolicy, CompiledStatement } from '../../policy/compile.ts';
import type { RequestSetting } from '../../policy/queries/plain-request.ts';
import type { AttachmentWithAccess } from './policy-attachments.ts';
import { attachmentEvidence, isExempt, namesOfPrincipals } from './policy-principals.ts';

/** What a policy document allows too much, and the statements that allow it. */
export interface Excess {
  /** The rest of a headline that begins with the policy, short: `allows all actions on all resources`. */
  readonly says: string;
  /** What the headline has no room for, in sentences. */
  readonly detail?: string;
  readonly statements: readonly CompiledStatement[];
  readonly severity: Severity;
  readonly evidence?: Readonly<Record<string, Json>>;
  /** The document passes if only the landing zone and break-glass identities have it. Otherwise it then ranks low. */
  readonly mayBeExempt?: boolean;
}

/** Judges a policy document by what its statements allow, and by the users, groups and roles that have it. */
export function judgeAttachment(
  attachment: AttachmentWithAccess,
  context: Pick<CheckContext, 'partition' | 'accountId' | 'now' | 'isBreakGlass'>,
  find: (policy: CompiledPolicy, scene: RequestSetting) => Excess | undefined,
): Judgement {
  const { label, policy, holders, access, inline } = attachment;
  if (policy.kind === 'malformed') return unknown(`${label} cannot be read: ${policy.reason}`);
  const excess = find(policy, context);
  if (excess === undefined) return pass;
  const exempt = holders.filter((principal) => isExempt(principal, access, context));
  const others = holders.filter((principal) => !exempt.includes(principal));
  const isExemptAltogether = others.length === 0 && exempt.length > 0;
  if (isExemptAltogether && excess.mayBeExempt) return pass;
  const besides = exempt.length > 0 && !isExemptAltogether ? [besidesOthers(exempt.length)] : [];
  // The label of an inline policy names its holder.
  const message = [
    ...(excess.detail === undefined ? [] : [excess.detail]),
    ...(inline === undefined ? [`Attached to ${namesOfPrincipals(isExemptAltogether ? exempt : others)}.`, ...besides] : []),
  ];
  return fail(`${label} ${excess.says}`, {
    ...(message.length > 0 ? { message: message.join(' ') } : {}),
    severity: isExemptAltogether ? 'LOW' : excess.severity,
    evidence: { ...excess.evidence, statements: excess.statements.map(place), ...attachmentEvidence([...others, ...exempt]) },
  });
}

const besidesOthers = (count: number): string =>
  `It is also attached to ${count} ${count === 1 ? 'identity' : 'identities'} of the landing zone or for break-glass use.`;

const place = ({ source: { index, sid } }: CompiledStatement): Json => ({ index, ...(sid === undefined ? {} : { sid }) });
