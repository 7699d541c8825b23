import { isAdminPermissionSet } from '../check-support/organization/admin-permission-sets.ts';
import type { Assignment } from '../facts/organization-parts/identity-center.ts';
import type { OrganizationSnapshot } from '../facts/organization-parts/organization-snapshot.ts';
import { accountSubject } from '../model/account-subject.ts';
import type { Change } from '../model/change.ts';
import { type Observed, ifCollected } from '../model/observed.ts';
import type { Severity } from '../model/severity.ts';
import { pairBy } from './identity-pairs.ts';
import { type Comparison, type Pair, cannotCompare, onlyChanges, reasonNotToCompare } from './pair.ts';

const PART = 'identity-center';

/** Permission sets that people or groups were assigned in an account, and people who joined a group that has one. */
export function compareIdentityCenter(pair: Pair): Comparison {
  if (pair.organizations === undefined) return { changes: [], incomparable: [] };
  const { before, after } = pair.organizations;
  if (before === undefined) return cannotCompare(PART, 'the earlier snapshot has no organization');
  const reason = reasonNotToCompare(assignmentParts(before), assignmentParts(after));
  if (reason !== undefined) return reason === '' ? onlyChanges([]) : cannotCompare(PART, reason);
  const [was, is] = [holdings(before), holdings(after)];
  const gaps = [...gapsIn(before), ...gapsIn(after)];
  const hidden = new Set(gaps.map(({ permissionSetArn }) => permissionSetArn));
  const seen = ({ permissionSetArn }: Assignment) => !hidden.has(permissionSetArn);
  const listed = pairBy(was.filter(seen), is.filter(seen), keyOf);
  return {
    changes: [
      ...listed.added.map((assignment) => changeOf(pair, after, assignment, true)),
      ...listed.removed.map((assignment) => changeOf(pair, after, assignment, false)),
    ],
    incomparable: gaps.map(({ reason }) => ({ part: PART, reason })),
  };
}

const assignmentParts = ({ AccountAssignments, PermissionSets }: OrganizationSnapshot): readonly Observed<unknown>[] => [
  AccountAssignments,
  PermissionSets,
];

const gapsIn = ({ AccountAssignments }: OrganizationSnapshot) => ifCollected(AccountAssignments)?.gaps ?? [];

const keyOf = ({ accountId, permissionSetArn, principalType, principalId }: Assignment): string =>
  [accountId, permissionSetArn, principalType, principalId].join(' ');

/** The assignments, and those that people have through their groups. */
function holdings({ AccountAssignments, GroupMemberships }: OrganizationSnapshot): readonly Assignment[] {
  const members = ifCollected(GroupMemberships);
  const all = (ifCollected(AccountAssignments)?.seen ?? []).flatMap((assignment): readonly Assignment[] =>
    assignment.principalType === 'USER'
      ? [assignment]
      : [
          assignment,
          ...(members?.get(assignment.principalId) ?? []).map((principalId): Assignment => ({
            ...assignment,
            principalType: 'USER',
            principalId,
          })),
        ],
  );
  return [...new Map(all.map((assignment) => [keyOf(assignment), assignment])).values()];
}

function changeOf(pair: Pair, organization: OrganizationSnapshot, assignment: Assignment, isAdded: boolean): Change {
  const { accountId } = pair.after.snapshot;
  const { resource } = accountSubject({ accountId });
  const { holder, permissionSet } = namesOf(organization, assignment);
  return {
    account: accountId,
    kind: isAdded ? 'assignment-added' : 'assignment-removed',
    effect: isAdded ? 'worse' : 'better',
    severity: isAdded ? severityOf(pair, organization, assignment) : 'INFORMATIONAL',
    resource: { ...resource, id: `assignment/${keyOf(assignment).replaceAll(' ', '/')}` },
    headline: `${holder} ${isAdded ? 'now has' : 'no longer has'} permission set ${permissionSet} in account ${assignment.accountId}`,
    message: `IAM Identity Center of the organization of account ${accountId}.`,
    evidence: { ...assignment },
  };
}

function namesOf(organization: OrganizationSnapshot, assignment: Assignment) {
  const { principalType, principalId, permissionSetArn } = assignment;
  const directory = principalType === 'USER' ? organization.Users : organization.Groups;
  const name = ifCollected(directory)?.get(principalId) ?? principalId;
  return {
    holder: `${principalType === 'USER' ? 'User' : 'Group'} ${name}`,
    permissionSet: setOf(organization, assignment)?.name ?? permissionSetArn.slice(permissionSetArn.lastIndexOf('/') + 1),
  };
}

const setOf = ({ PermissionSets }: OrganizationSnapshot, { permissionSetArn }: Assignment) =>
  ifCollected(PermissionSets)?.find(({ arn }) => arn === permissionSetArn);

/** An admin permission set is as good as administrator access. */
function severityOf(pair: Pair, organization: OrganizationSnapshot, assignment: Assignment): Severity {
  const set = setOf(organization, assignment);
  if (set === undefined) return 'LOW';
  const { accountId, partition, takenAt } = pair.after.snapshot;
  const isAdmin = isAdminPermissionSet(set, { accountId, partition, now: takenAt });
  if (isAdmin.status === 'unavailable') return 'MEDIUM';
  return isAdmin.value ? 'HIGH' : 'INFORMATIONAL';
}
