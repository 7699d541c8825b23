import path from 'node:path';
import type { Check } from '../../lambda/scanner/check.ts';
import guardrailWeakened from '../../lambda/scanner/checks/guardrail-weakened.ts';
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
function changesBetween(before: OrganizationSnapshot | undefined, after: OrganizationSnapshot, checks: readonly Check[] = []) {
  const snapshots = accounts.filter(({ accountId }) => accountId === '111122223333');
  return scan(snapshots, {
    ...{ checks, config, now: NOW, version: '0.0.0', organization: after, managementAccountId: '111122223333' },
    baseline: snapshots.map((snapshot) => ({ ...snapshot, takenAt: snapshot.takenAt - DAY })),
    ...(before === undefined ? {} : { baselineOrganization: before }),
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

const withResourcePolicy = (...statements: readonly Json[]): OrganizationSnapshot => ({
  ...organization,
  ResourcePolicy: collected({
    arn: 'arn:aws:organizations::111122223333:resourcepolicy/o-acmeexample/rp-1',
    document: { Version: '2012-10-17', Statement: [...statements] },
  }),
});
const withoutResourcePolicy = (): OrganizationSnapshot => ({ ...organization, ResourcePolicy: collected(undefined) });
const delegate = (action: string | string[], more: Readonly<Record<string, Json>> = {}): Json => ({
  ...{ Effect: 'Allow', Principal: { AWS: '444455556666' }, Action: action, Resource: '*' },
  ...more,
});
const onlyInEurope = { Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } };
const WEAKER = 'HIGH guardrail-weakened: The resource policy of the organization allows more (organization of 111122223333)';
const STRONGER =
  'INFORMATIONAL guardrail-strengthened: The resource policy of the organization allows less (organization of 111122223333)';

/** An organization without statements has no resource policy. */
const resourcePolicy = (statements: readonly Json[]): OrganizationSnapshot =>
  statements.length === 0 ? withoutResourcePolicy() : withResourcePolicy(...statements);

test.each<readonly [string, readonly Json[], readonly Json[], readonly string[]]>([
  ['is new', [], [delegate('organizations:DetachPolicy')], [WEAKER]],
  ['is gone', [delegate('organizations:DetachPolicy')], [], [STRONGER]],
  [
    'allows one more action',
    [delegate('organizations:ListPolicies')],
    [delegate(['organizations:ListPolicies', 'organizations:UpdatePolicy'])],
    [WEAKER],
  ],
  [
    'allows one more account',
    [delegate('organizations:UpdatePolicy')],
    [delegate('organizations:UpdatePolicy', { Principal: { AWS: ['444455556666', '777788889999'] } })],
    [WEAKER],
  ],
  [
    'has lost a condition',
    [delegate('organizations:UpdatePolicy', onlyInEurope)],
    [delegate('organizations:UpdatePolicy')],
    [WEAKER],
  ],
  [
    'has lost a Deny',
    [delegate('organizations:*'), delegate('organizations:DetachPolicy', { Effect: 'Deny' })],
    [delegate('organizations:*')],
    [WEAKER],
  ],
  [
    'is written in another way',
    [delegate(['organizations:UpdatePolicy', 'organizations:DetachPolicy'])],
    [
      delegate('organizations:DetachPolicy', { Sid: 'Second' }),
      delegate('organizations:UpdatePolicy', { Principal: { AWS: 'arn:aws:iam::444455556666:root' } }),
    ],
    [],
  ],
])('a resource policy of the organization that %s', (_what, before, after, expected) => {
  const report = changesBetween(resourcePolicy(before), resourcePolicy(after));
  expect(lines(report)).toEqual(expected);
  expect(report.notCompared).toEqual([]);
});

test('the change of a resource policy says who may do what', () => {
  const [change] = changesBetween(withoutResourcePolicy(), withResourcePolicy(delegate('organizations:DetachPolicy'))).changes;
  expect(change?.message).toBe('Who may now do more: account 444455556666 (organizations:DetachPolicy).');
});

test('the finding about a resource policy tells the call to look for', () => {
  const after = withResourcePolicy(delegate('organizations:DetachPolicy'));
  const { findings } = changesBetween(withoutResourcePolicy(), after, [guardrailWeakened]);
  expect(findings.map(({ status, remediation }) => [status, remediation])).toEqual([
    ['FAILED', expect.stringContaining('AttributeKey=EventName,AttributeValue=PutResourcePolicy')],
  ]);
});

test.each<readonly [string, () => OrganizationSnapshot, string]>([
  ['was not returned', () => ({ ...organization, ResourcePolicy: unavailable('access was denied') }), 'access was denied'],
  [
    'cannot be read',
    () => withResourcePolicy(delegate('organizations:DetachPolicy', { Unknown: 'x' })),
    'the resource policy of the organization cannot be read in both snapshots',
  ],
  [
    'has other conditions',
    () =>
      withResourcePolicy(
        delegate('organizations:UpdatePolicy', { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'security' } } }),
      ),
    'the resource policy of the organization has other conditions than before',
  ],
])('a resource policy that %s cannot be compared', (_what, after, reason) => {
  const { changes, notCompared = [] } = changesBetween(
    withResourcePolicy(delegate('organizations:UpdatePolicy', onlyInEurope)),
    after(),
  );
  expect(changes).toEqual([]);
  expect(notCompared.map((one) => `${one.part}: ${one.reason}`)).toEqual([`organization-policies: ${reason}`]);
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

type Assignment = ReturnType<typeof assignment>;
const SETS = 'arn:aws:sso:::permissionSet/ssoins-6804a1b2c3d4e5f6';
const AUDITORS = '93677a1b2c-b3000000-0000-4000-8000-000000000002';
/** The assignment of a permission set to the auditors, or to a group that no one is in, in one of the accounts. */
const assignment = (set: string, principalId = AUDITORS) => ({
  ...{ accountId: '777788889999', permissionSetArn: `${SETS}/${set}`, principalId },
  principalType: 'GROUP' as const,
});

test.each<[name: string, added: Assignment, parts: () => Partial<OrganizationSnapshot>, told: string]>([
  [
    'a group, a permission set that is no admin',
    assignment('ps-3c4d5e6f708192a3'),
    () => ({}),
    'INFORMATIONAL assignment-added: Group auditors now has permission set ViewOnlyAccess',
  ],
  [
    'a group whose name and members are not known, one whose policies could not be read',
    assignment('ps-2b3c4d5e6f708192', 'g-1'),
    () => ({
      ...{ Groups: unavailable('access was denied'), GroupMemberships: unavailable('access was denied') },
      PermissionSets: collected(
        valueOf(organization.PermissionSets).map((set) => ({ ...set, grants: unavailable('access was denied') })),
      ),
    }),
    'MEDIUM assignment-added: Group g-1 now has permission set PowerUserAccess',
  ],
  [
    'a group, a permission set that is not listed',
    assignment('ps-0000'),
    () => ({}),
    'LOW assignment-added: Group auditors now has permission set ps-0000',
  ],
])('the severity is that of the permission set: %s', (_name, added, parts, told) => {
  const { seen, gaps } = valueOf(organization.AccountAssignments);
  const before = { ...organization, ...parts() };
  const after = { ...before, AccountAssignments: collected({ seen: [...seen, added], gaps }) };
  expect(lines(changesBetween(before, after))).toContainEqual(`${told} in account 777788889999`);
  expect(lines(changesBetween(after, before))).toContainEqual(
    expect.stringMatching(
      /^INFORMATIONAL assignment-removed: Group \S+ no longer has permission set \S+ in account 777788889999$/,
    ),
  );
});

test('an account that was first scanned alone has nothing to compare its organization with', () => {
  const { changes, notCompared = [] } = changesBetween(undefined, organization);
  expect(changes).toEqual([]);
  expect(notCompared.map(({ part, reason }) => `${part}: ${reason}`)).toEqual([
    'organization-policies: the earlier snapshot has no organization',
    'identity-center: the earlier snapshot has no organization',
  ]);
});

test('an SCP without a name that denies less, over several accounts, is told by its ID', () => {
  const denying = (action: string) =>
    withPolicies((policies) =>
      policies.map((policy) =>
        isOwnScp(policy)
          ? {
              ...{ ...policy, name: '', targets: ['r-ac3e'] },
              document: collected({
                Version: '2012-10-17',
                Statement: [{ Effect: 'Deny', Action: action, Resource: '*' }],
              }),
            }
          : policy,
      ),
    );
  const [change] = changesBetween(denying('iam:*'), denying('iam:CreateUser')).changes;
  expect(change?.headline).toMatch(/^The service control policies over \d accounts allow more/);
  expect(change?.message).toMatch(/Since then: policy p-acme1guard was changed\.$/);
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
