import { type CheckContext, type Judgement, defineCheck, fail, pass, unknown } from '../check.ts';
import {
  type PermissionSetHolder,
  mayBeAdminSet,
  permissionSetHolders,
  unseenAssignments,
} from '../check-support/organization/permission-set-holders.ts';
import { assignmentRemoval } from '../check-support/remediation/assignment-commands.ts';
import { summarizeList } from '../check-support/wording/summarize-list.ts';
import {
  organizationSubjects,
  judgeSeen,
  ofOrganization,
  stepForSeen,
} from '../check-support/organization/organization-subjects.ts';
import { joinList } from '../check-support/wording/wording.ts';
import { ifCollected } from '../model/observed.ts';

export default defineCheck({
  id: 'identity-center-admin-assignment',
  title: 'Admin permission set assignments should be approved',
  severity: 'INFORMATIONAL',
  rationale:
    'People become administrators through permission sets, and the accounts themselves do not show who they are. An administrator of the management account controls every account of the organization.',
  standards: { 'NIST 800-53 r5': 'AC-2, AC-6(5), AC-6(7)', 'ISO 27001:2022': 'A.5.18, A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: ['wholeOrganization'],
  // Names of approved groups and users.
  params: { allowed: [] as readonly string[] },
  select: (facts, context) =>
    organizationSubjects(facts, context, 'AccountAssignments', (assignments, organization) => [
      ...permissionSetHolders(organization, assignments.seen, context).map((principal) => ({
        item: { holder: principal, managementAccountId: managementOf(organization) },
        id: `${principal.kind}/${principal.id}`,
      })),
      ...unseenAssignments(organization, assignments, (set) => mayBeAdminSet(set, context)),
    ]),
  judge: (subject, _facts, context) =>
    judgeSeen(subject, ({ holder: principal, managementAccountId }) => judgeHolder(principal, managementAccountId, context)),
  remediation: (subject) => stepForSeen(subject, ({ holder: principal }) => stepFor(principal)),
});

type Context = Pick<CheckContext<{ readonly allowed: readonly string[] }>, 'accountId' | 'params'>;

function judgeHolder(principal: PermissionSetHolder, managementAccountId: string | undefined, context: Context): Judgement {
  const { kind, name, people, adminSets, accounts, unseen } = principal;
  if (context.params.allowed.includes(name)) return pass;
  if (adminSets.length === 0) return unseen.length === 0 ? pass : unknown(joinList(unseen));
  const inManagement = managementAccountId !== undefined && accounts.includes(managementAccountId);
  return fail(
    ofOrganization(
      `Identity Center ${kind} ${name} is admin in ${accountsInWords(accounts.length, inManagement)}`,
      [name],
      context,
    ),
    {
      message: [
        adminSets.length === 1
          ? `Permission set ${joinList(adminSets)} grants admin access to ${summarizeList(accounts)}.`
          : `Permission sets ${joinList(adminSets)} grant admin access to ${summarizeList(accounts)}.`,
        ...(kind === 'group' ? [membersInWords(people)] : []),
      ].join(' '),
      evidence: {
        people: (people ?? []).slice(0, 50),
        permissionSets: adminSets,
        accounts: accounts.slice(0, 50),
        accountCount: accounts.length,
      },
      ...(inManagement ? { severity: 'HIGH' as const } : {}),
    },
  );
}

function accountsInWords(count: number, inManagement: boolean): string {
  if (!inManagement) return `${count} ${count === 1 ? 'account' : 'accounts'}`;
  const others = count - 1;
  const more = others === 0 ? '' : ` and ${others} ${others === 1 ? 'other' : 'others'}`;
  return `the management account${more}`;
}

function membersInWords(people: readonly string[] | undefined): string {
  if (people === undefined) return 'The members of the group could not be collected.';
  return people.length === 0 ? 'The group has no members.' : `Members of the group: ${summarizeList(people)}.`;
}

function stepFor({ name, adminAssignments }: PermissionSetHolder): string {
  const approve = `If ${name} needs this access, add the name to checks.identity-center-admin-assignment.allowed in the configuration.`;
  const [first, ...others] = adminAssignments;
  if (first === undefined) return approve;
  const repeat = others.length === 0 ? '' : ` (first of ${others.length + 1} assignments)`;
  return `${approve} Otherwise assign a least-privilege permission set and delete the admin assignment${repeat}: ${assignmentRemoval(first)}`;
}

const managementOf = ({ Organization }: Parameters<typeof permissionSetHolders>[0]): string | undefined =>
  ifCollected(Organization)?.managementAccountId;
