import { type CheckContext, type Judgement, type Subject, fail, pass, unknown } from '../../check.ts';
import type { Facts } from '../../facts/snapshot.ts';
import type { Assertion } from '../../model/assertion.ts';
import { PATHS_TOLD, type PrincipalReach } from '../../model/reach.ts';
import { compileGlob } from '../../policy/glob.ts';
import { reachEvidence, throughAll } from '../organization/account-reach.ts';
import { type PrincipalSubject, pathEvidence, pathInWords, principals } from '../principals/principals.ts';
import { describeAdminLevel } from '../wording/admin-level.ts';
import { summarizeList } from '../wording/summarize-list.ts';
import { brokenAssertion, subjectOf } from './broken.ts';

type Needed = Pick<Facts, 'identities' | 'access' | 'crossAccountReach'>;

/** A principal that an assertion does not name among those that may be administrators. */
export interface OtherPrincipal extends Subject {
  readonly kind: 'onlyAdmins';
  readonly assertion: Assertion;
  readonly principal: PrincipalSubject;
  readonly reach: PrincipalReach | undefined;
}

/** Each principal of the account with each assertion about administrators that does not name it. */
export function otherPrincipals(facts: Needed, { assertions }: Pick<CheckContext, 'assertions'>): readonly OtherPrincipal[] {
  return assertions.flatMap((assertion) => {
    const { onlyAdmins } = assertion;
    if (onlyAdmins === undefined) return [];
    const named = onlyAdmins.map((arn) => compileGlob(arn));
    return principals(facts)
      .filter(({ identity }) => !named.some(({ matches }) => matches(identity.arn)))
      .map((principal) => ({
        ...subjectOf(assertion, principal),
        ...{ kind: 'onlyAdmins' as const, assertion, principal, reach: facts.crossAccountReach?.get(principal.identity.arn) },
      }));
  });
}

/** Whether the principal is, becomes or appoints administrators in an account that the assertion is about, conditions included. */
export function judgeOtherPrincipal(
  { assertion, principal, reach }: OtherPrincipal,
  { accountId, isAmong }: Pick<CheckContext, 'accountId' | 'isAmong'>,
): Judgement {
  const { verdict } = principal;
  const others = (accounts: readonly string[] = []) => accounts.filter((account) => account !== accountId);
  const [certain, ifConditions] = [others(reach?.accounts), others(reach?.ifConditions)];
  const candidates = [...(verdict.verdict === 'none' ? [] : [accountId]), ...certain, ...ifConditions];
  const answers = candidates.map((account) => ({ account, answer: isAmong(account, assertion.in) }));
  const broken = new Set(
    answers.flatMap(({ account, answer }) => (answer.status === 'collected' && answer.value ? account : [])),
  );
  if (broken.size === 0) {
    const unseen = answers.flatMap(({ answer }) => (answer.status === 'unavailable' ? answer.reason : []));
    return unseen[0] === undefined ? pass : unknown(unseen[0]);
  }
  const within = (accounts: readonly string[]) => accounts.filter((account) => broken.has(account));
  const paths = (reach?.paths(PATHS_TOLD) ?? []).filter(({ account }) => broken.has(account));
  return fail(brokenAssertion(principal.label, assertion), {
    message: [
      ...(broken.has(accountId) ? [ownAccess(principal, accountId)] : []),
      ...sentence('It is, or can become, administrator in', within(certain)),
      ...sentence('If conditions hold, it can become administrator in', within(ifConditions)),
      ...paths.slice(0, 1).map((way) => `Path to account ${way.account}: ${pathInWords(way)}.`),
    ].join(' '),
    evidence: {
      assertion: assertion.name,
      // It names every account without which the finding would not be there.
      ...reachEvidence({ accounts: [...broken], through: reach?.through ?? throughAll([]), paths }),
      ...(broken.has(accountId) ? pathEvidence(verdict) : {}),
    },
  });
}

const sentence = (beginning: string, accounts: readonly string[]): readonly string[] =>
  accounts.length === 0 ? [] : [`${beginning} ${accounts.length === 1 ? 'account' : 'accounts'} ${summarizeList(accounts)}.`];

function ownAccess({ verdict }: PrincipalSubject, accountId: string): string {
  const level = `It ${describeAdminLevel(verdict)} in account ${accountId}`;
  const way = verdict.path.length === 0 ? '' : `: ${pathInWords(verdict)}`;
  return verdict.verdict === 'conditional' ? `${level} if conditions hold, which breaks it too${way}.` : `${level}${way}.`;
}
