import { type CheckContext, defineCheck, fail, pass, unknown } from '../check.ts';
import { toIso } from '../model/instant.ts';
import { type PrincipalVerdict, isAboutTime, isAdminCapableIf, verdictInPlace } from '../model/verdict.ts';
import { PATHS_TOLD } from '../model/reach.ts';
import { activeKeys, isSeen, keyFacts } from '../check-support/credentials/access-keys.ts';
import { otherAccounts, reachEvidence } from '../check-support/organization/account-reach.ts';
import { deactivation } from '../check-support/remediation/key-commands.ts';
import { pathEvidence, pathInWords } from '../check-support/principals/principals.ts';
import { describeUserAdminLevel } from '../check-support/credentials/sign-in.ts';
import { summarizeList } from '../check-support/wording/summarize-list.ts';

/** A condition on MFA or the network guards the key. A condition on the time does not: a thief waits. */
const isUnguarded = (principal: PrincipalVerdict) => isAdminCapableIf(principal, isAboutTime);

const countOf = (accounts: readonly string[]) => `${accounts.length} other ${accounts.length === 1 ? 'account' : 'accounts'}`;

/** The accounts that the key reaches and, where its user is not an administrator yet, the path. */
function reachInWords(
  principal: PrincipalVerdict,
  others: readonly string[],
  { accountId }: Pick<CheckContext, 'accountId'>,
): string {
  const path = verdictInPlace(principal) === 'admin' ? '' : `: ${pathInWords(principal)}`;
  return [
    'No policy condition restricts the key to MFA, a source IP or a VPC endpoint.',
    ...(isUnguarded(principal) ? [`In account ${accountId} the user ${describeUserAdminLevel(principal)}${path}.`] : []),
    ...(others.length > 0
      ? [`The user has, or can escalate to, administrator access to ${countOf(others)}: ${summarizeList(others)}.`]
      : []),
  ].join(' ');
}

export default defineCheck({
  id: 'admin-access-key-unguarded',
  title: 'Access keys with administrator privileges should require MFA or a network condition',
  severity: 'CRITICAL',
  rationale:
    'An access key works from any network and without MFA. A stolen key of an administrator gives full control of the account. A policy that requires MFA, a source IP or a VPC endpoint makes the stolen key useless on its own.',
  standards: { 'NIST 800-53 r5': 'AC-6(5), IA-2(1)', 'ISO 27001:2022': 'A.8.2', NIS2: 'Art. 21(2)(i), 21(2)(j)' },
  needs: [...keyFacts, 'access', 'crossAccountReach'],
  select: (facts) => activeKeys(facts).filter((key) => facts.access.has(key.principalArn)),
  judge: (key, { access, crossAccountReach }, context) => {
    const principal = access.get(key.principalArn);
    const reach = crossAccountReach?.get(key.principalArn);
    const others = otherAccounts(reach?.accounts ?? [], context);
    if (!principal || (!isUnguarded(principal) && others.length === 0)) return pass;
    if (!isSeen(key)) return unknown(key.unseen);
    const power = isUnguarded(principal) ? describeUserAdminLevel(principal) : `can administer ${countOf(others)}`;
    const ways = reach && others.length > 0 ? reachEvidence({ ...reach, paths: reach.paths(PATHS_TOLD) }) : {};
    return fail(`${key.label} ${power} without MFA`, {
      message: reachInWords(principal, others, context),
      evidence: { verdict: principal.verdict, ...pathEvidence(principal), ...ways },
    });
  },
  remediation: (key) => {
    const used = isSeen(key) && typeof key.lastUsed === 'number' ? ` (last used: ${toIso(key.lastUsed)})` : '';
    return `Give the workload that uses the key${used} an IAM role. Until then, attach a policy to the user that denies all actions without MFA or from outside your network. Then deactivate the key: ${deactivation(key)}`;
  },
});
