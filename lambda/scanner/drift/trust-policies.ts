import { roleResource } from '../check-support/principals/principals.ts';
import { summarizeList } from '../check-support/wording/summarize-list.ts';
import { type Role, isOwnRole } from '../facts/identity.ts';
import type { Change } from '../model/change.ts';
import { type CompiledPolicy, compileDocument, createVocabulary } from '../policy/compile.ts';
import { isSame } from './is-same.ts';
import { pairIdentities } from './identity-pairs.ts';
import { type Comparison, type Pair, cannotCompare, factsOfBoth, isPowerful, together, verdictIn } from './pair.ts';
import { compareTrust } from './trust-breadth.ts';

const PART = 'trust-policies';
const noActions = createVocabulary([]);

/** Trust policies that allow more principals, fewer, or others than before. */
export function compareTrustPolicies(pair: Pair): Comparison {
  const facts = factsOfBoth(pair, ['identities']);
  if (facts.status === 'unavailable') return cannotCompare(PART, facts.reason);
  const { both } = pairIdentities(facts.before.identities.roles, facts.after.identities.roles);
  return together(
    both
      .filter(({ before, after }) => !isSame(before.trustPolicy, after.trustPolicy))
      .map(({ before, after }) => compareRole(pair, before, after)),
  );
}

function compareRole(pair: Pair, was: Role, role: Role): Comparison {
  const [before, after] = [compileDocument(was.trustPolicy, noActions), compileDocument(role.trustPolicy, noActions)];
  if (before.kind === 'malformed' || after.kind === 'malformed')
    return {
      changes: [],
      incomparable: [{ part: PART, resource: roleResource(role), reason: 'its trust policy cannot be read in both snapshots' }],
    };
  const change = changeOf(pair, role, before, after);
  return { changes: change === undefined ? [] : [change], incomparable: [] };
}

function changeOf(pair: Pair, role: Role, before: CompiledPolicy, after: CompiledPolicy): Change | undefined {
  const { gained, lost, otherwise } = compareTrust(before, after);
  const common = { account: pair.after.snapshot.accountId, resource: roleResource(role) };
  if (gained.length + otherwise.length > 0) {
    const isMore = gained.length > 0;
    return {
      ...{ ...common, kind: isMore ? 'trust-widened' : 'trust-changed', effect: isMore ? 'worse' : 'neutral' },
      severity: severityOf(pair, role),
      headline: `The trust policy of IAM role ${role.name} ${isMore ? 'allows more than before' : 'has other conditions than before'}`,
      message: `${isMore ? 'New' : 'Under other conditions'}: ${summarizeList(isMore ? gained : otherwise)}.`,
      evidence: { gained, lost, otherwise },
    };
  }
  if (lost.length === 0) return undefined;
  return {
    ...{ ...common, kind: 'trust-narrowed', effect: 'better', severity: 'INFORMATIONAL' },
    headline: `The trust policy of IAM role ${role.name} allows less than before`,
    message: `No longer: ${summarizeList(lost)}.`,
    evidence: { gained, lost, otherwise },
  };
}

/** AWS and the landing zone change the roles that they manage. */
function severityOf(pair: Pair, role: Role) {
  if (!isOwnRole(role) || verdictIn(pair.after, role.arn)?.platform === true) return 'LOW';
  return isPowerful(pair.after, role.arn) ? 'HIGH' : 'MEDIUM';
}
