import { summarizeList } from '../check-support/wording/summarize-list.ts';
import type { OrganizationResourcePolicy } from '../facts/organization-parts/resource-policy.ts';
import { accountSubject } from '../model/account-subject.ts';
import type { Change } from '../model/change.ts';
import { type CompiledPolicy, type CompileResult, compileDocument, compilePolicy, createVocabulary } from '../policy/compile.ts';
import type { PrincipalEntry } from '../policy/policy.ts';
import { type AllowedMore, compareLevels } from '../policy/queries/allows-more.ts';
import { isSame } from './is-same.ts';
import { type Comparison, type Pair, cannotCompare, onlyChanges, reasonNotToCompare } from './pair.ts';
import { actionsOf } from './permissions-in-words.ts';
import { appliesTo, callerInWords, callersOf } from './trust-breadth.ts';

const PART = 'organization-policies';
const noActions = createVocabulary([]);

/**
 * What the resource policy of the organization lets member accounts do with its policies, such as to detach SCPs. An organization
 * without one lets them do nothing.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_delegate_policies.html
 */
export function compareOrganizationResourcePolicy(pair: Pair): Comparison {
  const before = pair.organizations?.before?.ResourcePolicy;
  const after = pair.organizations?.after.ResourcePolicy;
  // That there was no organization is told once, for its SCPs and RCPs.
  if (before === undefined || after === undefined) return onlyChanges([]);
  if (before.status === 'unavailable' || after.status === 'unavailable') {
    const reason = reasonNotToCompare([before], [after]) ?? '';
    return reason === '' ? onlyChanges([]) : cannotCompare(PART, reason);
  }
  if (isSame(before.value?.document ?? null, after.value?.document ?? null)) return onlyChanges([]);
  const [was, is] = [compile(before.value), compile(after.value)];
  if (was.kind === 'malformed' || is.kind === 'malformed')
    return cannotCompare(PART, 'the resource policy of the organization cannot be read in both snapshots');
  const { gained, lost, isUnclear } = compareCallers(was, is);
  if (gained.length > 0) return onlyChanges([changeOf(pair, true, gained)]);
  if (isUnclear) return cannotCompare(PART, 'the resource policy of the organization has other conditions than before');
  return onlyChanges(lost.length > 0 ? [changeOf(pair, false, lost)] : []);
}

const compile = (policy: OrganizationResourcePolicy | undefined): CompileResult =>
  policy === undefined
    ? compilePolicy({ kind: 'policy', version: '2012-10-17', statements: [] }, noActions)
    : compileDocument(policy.document, noActions);

interface Difference {
  readonly caller: PrincipalEntry;
  readonly requests: readonly AllowedMore[];
}

/** What each principal that one of the policies names may do in one of them alone. */
function compareCallers(before: CompiledPolicy, after: CompiledPolicy) {
  const gained: Difference[] = [];
  const lost: Difference[] = [];
  let isUnclear = false;
  const level = (policy: CompiledPolicy) => [[{ policy, origin: 'resource policy' }]];
  for (const caller of callersOf([before, after])) {
    const breadth = compareLevels(level(before), level(after), appliesTo(caller));
    if (breadth.gained.length > 0) gained.push({ caller, requests: breadth.gained });
    if (breadth.lost.length > 0) lost.push({ caller, requests: breadth.lost });
    isUnclear ||= breadth.isUnclear;
  }
  return { gained, lost, isUnclear };
}

function changeOf({ after }: Pair, isWeaker: boolean, differences: readonly Difference[]): Change {
  const { accountId } = after.snapshot;
  const { resource } = accountSubject({ accountId });
  const who = differences.map(({ caller, requests }) => `${callerInWords(caller)} (${summarizeList(actionsOf(requests))})`);
  return {
    account: accountId,
    kind: isWeaker ? 'guardrail-weakened' : 'guardrail-strengthened',
    effect: isWeaker ? 'worse' : 'better',
    severity: isWeaker ? 'HIGH' : 'INFORMATIONAL',
    resource: { ...resource, id: 'resource-policy' },
    headline: `The resource policy of the organization allows ${isWeaker ? 'more' : 'less'} (organization of ${accountId})`,
    message: `Who ${isWeaker ? 'may now do more' : 'may do less than before'}: ${summarizeList(who)}.`,
    evidence: { call: 'PutResourcePolicy', who, actions: actionsOf(differences.flatMap(({ requests }) => requests)) },
  };
}
