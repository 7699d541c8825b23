import { defineCheck, fail, pass } from '../check.ts';
import { type PlatformContradiction, platformClaim } from '../iam/platform-roles.ts';
import { parseArn } from '../model/arn.ts';
import { isAdminCapable } from '../model/verdict.ts';
import { lookUpEvents } from '../check-support/remediation/cloudtrail.ts';
import { judgeTrust, trustSubjects, trustedPrincipals } from '../check-support/trust/trust-policies.ts';
import { describeAdminLevel } from '../check-support/wording/admin-level.ts';
import { summarizeList } from '../check-support/wording/summarize-list.ts';
import { cli } from '../model/command.ts';
import { looksLikePlatformRole } from '../iam/platform-role-names.ts';
import { DAY } from '../model/instant.ts';

const differences: Readonly<Record<PlatformContradiction, string>> = {
  name: 'No role that AWS or a landing zone creates has this name.',
  path: 'The platform role of this name has another path.',
  trust: 'The platform role of this name trusts something else.',
  permissions: 'The platform role of this name has fewer permissions.',
};

/** The trusted principals in a few words: a headline is short. */
function inShort(trusted: readonly string[]): string {
  const [first = '', ...others] = trusted;
  if (others.length > 0) return `${trusted.length} principals`;
  if (first === '*') return 'any AWS principal';
  const account = parseArn(first)?.accountId;
  return account === undefined ? first : `account ${account}`;
}

export default defineCheck({
  id: 'platform-role-imitated',
  title: 'Roles named like platform roles should be those platform roles',
  severity: 'HIGH',
  rationale:
    'Reviewers skip roles of AWS Control Tower, StackSets or the CDK, and service control policies often exempt them by name. An attacker who may create a role can choose such a name. iam-vigil ranks a platform role lower only if its path, trust policy and permissions are those of the real one.',
  standards: { 'NIST 800-53 r5': 'AC-2, AC-6', 'ISO 27001:2022': 'A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: ['identities', 'access', 'organization'],
  select: (facts) =>
    trustSubjects(facts).flatMap((subject) => {
      const verdict = facts.access.get(subject.role.arn);
      return verdict && looksLikePlatformRole(subject.role.name) ? [{ ...subject, verdict }] : [];
    }),
  judge: (subject, { organization }, { accountId }) =>
    judgeTrust(subject, (trust) => {
      const { role, verdict } = subject;
      const isManagementAccount = (other: string) => other === organization?.managementAccountId;
      const claim = platformClaim(role, trust, verdict, { accountId, isManagementAccount });
      const contradiction = claim?.contradiction;
      if (contradiction === undefined || !isAdminCapable(verdict)) return pass;
      const level = describeAdminLevel(verdict);
      const trusted = [...new Set(trustedPrincipals(trust).map(({ principal }) => principal.value))];
      const what = contradiction === 'permissions' || trusted.length === 0 ? level : `trusts ${inShort(trusted)}`;
      return fail(`IAM role ${role.name} has the name of a platform role and ${what}`, {
        message: `${differences[contradiction]} The role ${level}. It trusts ${summarizeList(trusted) || 'no principal'}.`,
        evidence: { differs: contradiction, path: role.path, trustPolicy: role.trustPolicy },
      });
    }),
  remediation: ({ role }, { partition, now }) =>
    `Find out who created the role: ${lookUpEvents({ partition, attribute: 'EventName', value: 'CreateRole', since: now - 90 * DAY })}. If it is yours, create it again under another name. If it is a platform role that was changed, restore its trust policy and its permissions with the tool that manages it. Otherwise delete it, after ${cli('iam list-attached-role-policies', { 'role-name': role.name })} shows what it had`,
});
