import { type CheckContext, type Judgement, fail, pass, unknown } from '../../check.ts';
import type { Json } from '../../model/json.ts';
import type { Severity } from '../../model/severity.ts';
import type { CompiledPolicy, CompiledStatement } from '../../policy/compile.ts';
import type { Scene } from '../../policy/reach/plain-request.ts';
import type { HeldGrant } from './grants.ts';
import { holderEvidence, isSetApart, namesOf } from './holders.ts';

/** What is wrong with a document, and the statements that make it so. */
export interface Excess {
  /** The rest of a sentence that begins with the policy: `allows every action`. */
  readonly says: string;
  readonly statements: readonly CompiledStatement[];
  readonly severity: Severity;
  readonly evidence?: Readonly<Record<string, Json>>;
  /** It is as it should be where only the landing zone, and those for emergencies, hold the document; else it ranks low there. */
  readonly mayBeSetApart?: boolean;
}

/** Judges a document by what its statements allow, and by who holds it. */
export function judgeGrant(
  grant: HeldGrant,
  context: Pick<CheckContext, 'partition' | 'accountId' | 'now' | 'isBreakGlass'>,
  find: (policy: CompiledPolicy, scene: Scene) => Excess | undefined,
): Judgement {
  const { label, policy, holders, access } = grant;
  if (policy.kind === 'malformed') return unknown(`${label} cannot be read: ${policy.reason}`);
  const excess = find(policy, context);
  if (excess === undefined) return pass;
  const setApart = holders.filter((holder) => isSetApart(holder, access, context));
  const others = holders.filter((holder) => !setApart.includes(holder));
  const isSetApartWhole = others.length === 0 && setApart.length > 0;
  if (isSetApartWhole && excess.mayBeSetApart) return pass;
  const besides = `; besides ${setApart.length} of the landing zone or for emergencies`;
  const whom = isSetApartWhole ? namesOf(setApart) : `${namesOf(others)}${setApart.length > 0 ? besides : ''}`;
  return fail(`${label} ${excess.says}; attached to ${whom}.`, {
    severity: isSetApartWhole ? 'LOW' : excess.severity,
    evidence: { ...excess.evidence, statements: excess.statements.map(place), ...holderEvidence([...others, ...setApart]) },
  });
}

const place = ({ source: { index, sid } }: CompiledStatement): Json => ({ index, ...(sid === undefined ? {} : { sid }) });
