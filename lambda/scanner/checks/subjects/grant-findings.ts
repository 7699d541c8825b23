import { type CheckContext, type Judgement, fail, pass, unknown } from '../../model/check.ts';
import type { Json } from '../../model/json.ts';
import type { Severity } from '../../model/severity.ts';
import type { Access } from '../../model/verdict.ts';
import type { CompiledPolicy, CompiledStatement } from '../../policy/compile.ts';
import type { Scene } from '../../policy/reach/plain-request.ts';
import type { Grant } from './grants.ts';
import { holderEvidence, isSetApart, namesOf } from './holders.ts';

/** What is wrong with a document, and the statements that make it so. */
export interface Excess {
  /** The rest of a sentence that begins with the policy: `allows every action`. */
  readonly says: string;
  readonly statements: readonly CompiledStatement[];
  readonly severity: Severity;
  readonly evidence?: Readonly<Record<string, Json>>;
}

/** Judges a document by what its statements allow; where the landing zone alone holds it, an excess ranks low. */
export function judgeGrant(
  grant: Grant,
  { access }: { readonly access: Access },
  context: Pick<CheckContext, 'partition' | 'accountId' | 'now' | 'isBreakGlass'>,
  find: (policy: CompiledPolicy, scene: Scene) => Excess | undefined,
): Judgement {
  const { label, policy, holders } = grant;
  if (policy.kind === 'malformed') return unknown(`${label} cannot be read: ${policy.reason}`);
  const excess = find(policy, context);
  if (excess === undefined) return pass;
  const setApart = holders.filter((holder) => isSetApart(holder, access, context));
  const others = holders.filter((holder) => !setApart.includes(holder));
  const inOrder = [...others, ...setApart];
  return fail(`${label} ${excess.says}; attached to ${namesOf(inOrder)}.`, {
    severity: others.length === 0 ? 'LOW' : excess.severity,
    evidence: { ...excess.evidence, statements: excess.statements.map(place), ...holderEvidence(inOrder) },
  });
}

const place = ({ source: { index, sid } }: CompiledStatement): Json => ({ index, ...(sid === undefined ? {} : { sid }) });
