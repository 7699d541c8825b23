import { type Judgement, defineCheck, fail, pass, unknown } from '../check.ts';
import { type SetHolder, setHolders } from './subjects/admin-holders.ts';
import { someOf } from './subjects/some-of.ts';
import { inPart, judgeSeen, stepForSeen } from './subjects/whole-organization.ts';
import { listed } from './subjects/wording.ts';

export default defineCheck({
  id: 'identity-center-admin-assignment',
  title: 'Who is admin by IAM Identity Center is meant to be',
  severity: 'INFORMATIONAL',
  rationale:
    'People are admins through permission sets, and nobody sees in an account who they are. Who has one of these in the management account is admin of every account.',
  standards: { 'NIST 800-53 r5': 'AC-2, AC-6(5), AC-6(7)', 'ISO 27001:2022': 'A.5.18, A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: ['wholeOrganization'],
  // Names of the groups and people who are meant to be admins.
  params: { allowed: [] as readonly string[] },
  select: (facts, context) =>
    inPart(facts, context, 'AccountAssignments', (assignments, organization) =>
      setHolders(organization, assignments, context).map((holder) => ({
        item: { holder, managementAccountId: managementOf(organization) },
        id: `${holder.kind}/${holder.id}`,
      })),
    ),
  judge: (subject, _facts, { params }) =>
    judgeSeen(subject, ({ holder, managementAccountId }) => judgeHolder(holder, managementAccountId, params.allowed)),
  remediation: (subject) =>
    stepForSeen(
      subject,
      (item) =>
        `If ${item.holder.name} is meant to, list the name under allowed of this check. Otherwise give a permission set that allows what the task takes, and delete the assignment: aws sso-admin delete-account-assignment.`,
    ),
});

function judgeHolder(
  { kind, name, people, adminSets, accounts, unseen }: SetHolder,
  managementAccountId: string | undefined,
  allowed: readonly string[],
): Judgement {
  if (allowed.includes(name)) return pass;
  if (adminSets.length === 0) return unseen.length === 0 ? pass : unknown(listed(unseen));
  const inManagement = managementAccountId !== undefined && accounts.includes(managementAccountId);
  const who =
    kind === 'user'
      ? `User ${name}`
      : `Group ${name} (${people === undefined ? 'whose members could not be seen' : people.length === 0 ? 'without members' : someOf(people)})`;
  const where = `${accounts.length} ${accounts.length === 1 ? 'account' : 'accounts'}${inManagement ? ', the management account among them' : ''}`;
  return fail(`${who} of IAM Identity Center is admin by permission set ${listed(adminSets)} in ${where}: ${someOf(accounts)}.`, {
    evidence: {
      people: (people ?? []).slice(0, 50),
      permissionSets: adminSets,
      accounts: accounts.slice(0, 50),
      accountCount: accounts.length,
    },
    ...(inManagement ? { severity: 'HIGH' as const } : {}),
  });
}

const managementOf = ({ Organization }: Parameters<typeof setHolders>[0]): string | undefined =>
  Organization.status === 'collected' ? Organization.value.managementAccountId : undefined;
