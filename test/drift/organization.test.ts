import path from 'node:path';
import { readSnapshots } from '../../lambda/scanner/collect/read-snapshot.ts';
import type { OrganizationSnapshot } from '../../lambda/scanner/facts/organization-parts/organization-snapshot.ts';
import type { GuardrailPolicy } from '../../lambda/scanner/facts/organization-parts/policies.ts';
import type { Snapshot } from '../../lambda/scanner/facts/snapshot.ts';
import { DAY } from '../../lambda/scanner/model/instant.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { type Observed, collected, unavailable } from '../../lambda/scanner/model/observed.ts';
import { scan } from '../../lambda/scanner/scan.ts';
import { NOW } from '../support/builders.ts';
import { config, line } from './nights.ts';

let accounts: readonly Snapshot[];
let organization: OrganizationSnapshot;
beforeAll(async () => {
  const saved = await readSnapshots(path.join(__dirname, '../../examples/acme'));
  if (saved.organization === undefined) throw new Error('the sample has changed');
  ({ accounts } = saved);
  ({ organization } = saved);
});

/** What changed in the organization, from the view of its management account. */
function changesBetween(before: OrganizationSnapshot, after: OrganizationSnapshot) {
  const snapshots = accounts.filter(({ accountId }) => accountId === '111122223333');
  return scan(snapshots, {
    ...{ checks: [], config, now: NOW, version: '0.0.0', organization: after, managementAccountId: '111122223333' },
    baseline: snapshots.map((snapshot) => ({ ...snapshot, takenAt: snapshot.takenAt - DAY })),
    baselineOrganization: before,
  });
}

const valueOf = <T>(observed: Observed<T>): T => {
  if (observed.status === 'unavailable') throw new Error(observed.reason);
  return observed.value;
};
const withPolicies = (change: (policies: readonly GuardrailPolicy[]) => readonly GuardrailPolicy[]): OrganizationSnapshot => ({
  ...organization,
  Policies: collected([...change(valueOf(organization.Policies))]),
});

const isOwnScp = ({ kind, isAwsManaged, targets }: GuardrailPolicy) => kind === 'scp' && !isAwsManaged && targets.length > 0;
const lines = (report: ReturnType<typeof changesBetween>) => report.changes.map(line);

test('an unchanged organization gives nothing', () => {
  const { changes, notCompared } = changesBetween(organization, organization);
  expect({ changes, notCompared }).toEqual({ changes: [], notCompared: [] });
});

test('a detached SCP is a weaker guardrail, and an attached one is a stronger one', () => {
  const detached = withPolicies((policies) => policies.map((policy) => (isOwnScp(policy) ? { ...policy, targets: [] } : policy)));
  expect(lines(changesBetween(organization, detached))).toContainEqual(
    expect.stringMatching(
      /^HIGH guardrail-weakened: The service control policies over .* allow more \(organization of 111122223333\)$/,
    ),
  );
  expect(
    lines(changesBetween(detached, organization)).every((text) => text.startsWith('INFORMATIONAL guardrail-strengthened')),
  ).toBe(true);
});

test('the message names the policy, the accounts and what is allowed now', () => {
  const [policy] = valueOf(organization.Policies).filter(isOwnScp);
  const deleted = withPolicies((policies) => policies.filter((one) => one !== policy));
  const [change] = changesBetween(organization, deleted).changes;
  expect(change?.message).toMatch(new RegExp(`They now allow: .+ Since then: policy ${policy?.name ?? ''} was deleted\\.$`));
});

test('an SCP that is split in two, or replaced by the same under another name, changes nothing', () => {
  const replaced = withPolicies((policies) =>
    policies.map((policy) => (isOwnScp(policy) ? { ...policy, id: `${policy.id}x`, name: 'other' } : policy)),
  );
  expect(lines(changesBetween(organization, replaced))).toEqual([]);
});

test('an account that is moved to a unit with fewer limits is found', () => {
  const moved: OrganizationSnapshot = {
    ...organization,
    Accounts: collected(
      valueOf(organization.Accounts).map((account) =>
        account.id === '444455556666' ? { ...account, ancestors: ['r-ac3e'] } : account,
      ),
    ),
  };
  expect(lines(changesBetween(organization, moved))).toContainEqual(
    expect.stringMatching(/^HIGH guardrail-weakened: The service control policies over account 444455556666 allow more/),
  );
});

test('a policy whose document was not returned cannot be compared', () => {
  const hidden = withPolicies((policies) =>
    policies.map((policy) => (isOwnScp(policy) ? { ...policy, document: unavailable('access was denied') } : policy)),
  );
  const { changes, notCompared = [] } = changesBetween(organization, hidden);
  expect(changes).toEqual([]);
  expect(notCompared.map(({ part }) => part)).toEqual(['organization-policies']);
});

test.each(['Policies', 'Accounts', 'AccountAssignments', 'PermissionSets'] as const)(
  '%s that one night lacks gives nothing',
  (part) => {
    const without = { ...organization, [part]: unavailable('access was denied') };
    for (const [before, after] of [
      [without, organization],
      [organization, without],
    ] as const) {
      const { changes, notCompared = [] } = changesBetween(before, after);
      expect(changes).toEqual([]);
      expect(notCompared.map(({ reason }) => reason)).toContainEqual(expect.stringContaining('access was denied'));
    }
  },
);

test('what neither night has is not called incomparable: the checks of tonight say that it is missing', () => {
  const without = {
    ...organization,
    AccountAssignments: unavailable('it is not there'),
    Policies: unavailable('it is not there'),
  };
  expect(changesBetween(without, without)).toMatchObject({ changes: [], notCompared: [] });
});

test('a person who was assigned an admin permission set, or joined a group that has it, is told by name', () => {
  const { seen, gaps } = valueOf(organization.AccountAssignments);
  const admin = valueOf(organization.PermissionSets).find(({ name }) => name === 'AdministratorAccess');
  if (admin === undefined) throw new Error('the sample has changed');
  const added = {
    accountId: '444455556666',
    permissionSetArn: admin.arn,
    principalType: 'USER',
    principalId: 'newcomer',
  } as const;
  const after = {
    ...organization,
    AccountAssignments: collected({ seen: [...seen, added], gaps }),
    Users: collected(new Map([...valueOf(organization.Users), ['newcomer', 'new.comer']])),
  };
  expect(lines(changesBetween(organization, after))).toEqual([
    expect.stringMatching(
      /^HIGH assignment-added: User new\.comer now has permission set AdministratorAccess in account 444455556666$/,
    ),
  ]);
  const group = seen.find(({ principalType, permissionSetArn }) => principalType === 'GROUP' && permissionSetArn === admin.arn);
  const memberships = valueOf(organization.GroupMemberships);
  const joined = new Map([...memberships, [group?.principalId ?? '', ['new-person']]]);
  const withMember = { ...organization, GroupMemberships: collected(joined) };
  expect(lines(changesBetween(organization, withMember))).toContainEqual(
    expect.stringMatching(/^HIGH assignment-added: User new-person /),
  );
});

test('access to an account that was not scanned then is not called new', () => {
  const development = accounts.filter(({ accountId }) => accountId === '777788889999');
  const report = scan(accounts, {
    ...{ checks: [], config, now: NOW, version: '0.0.0', organization, managementAccountId: '111122223333' },
    ...{ baseline: development, baselineOrganization: organization },
  });
  const gained: readonly Json[] = report.changes.filter(({ kind }) => kind === 'access-gained').map(({ headline }) => headline);
  expect(gained).toEqual([]);
});
