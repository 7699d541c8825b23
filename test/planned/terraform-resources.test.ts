import type { Json } from '../../lambda/scanner/model/json.ts';
import { collected, unavailable } from '../../lambda/scanner/model/observed.ts';
import { layOver } from '../../lambda/scanner/planned/lay-over.ts';
import type { PlannedChange } from '../../lambda/scanner/planned/planned-change.ts';
import { readPlan } from '../../lambda/scanner/planned/terraform/read.ts';
import { ACCOUNT } from '../support/builders.ts';
import { before } from './outcome.ts';
import { type Resource, type Values, planOf } from './plan.ts';

const read = (plan: string): PlannedChange => readPlan(plan, 'plan.json', { partition: 'aws', accountId: ACCOUNT });

const policyArn = (name: string) => `arn:aws:iam::${ACCOUNT}:policy/${name}`;
const ofRole = { holder: { kind: 'role', name: 'fn' } };
const ADDRESS = 'aws_iam_role.this';
const role = (after: Values, more: Partial<Resource> = {}): Resource => ({
  ...{ type: 'aws_iam_role', after: { name: 'fn', ...after }, sets: { permissions_boundary: [], path: [], policy: [] }, ...more },
});
/** An attachment whose policy is known only from the expression that sets it. */
const attach = (references: readonly string[], more: Partial<Resource> = {}): Resource => ({
  ...{ type: 'aws_iam_role_policy_attachment', name: 'one', after: { role: 'fn' }, unknown: { policy_arn: true } },
  ...{ sets: { policy_arn: references }, ...more },
});
const policyAt = (index: string | number): Resource => ({
  ...{ type: 'aws_iam_policy', index, after: { name: `p-${index}`, policy: '{}' }, unknown: { arn: true } },
});
const later = 'is known only after the plan is applied';

interface Parts {
  readonly declared?: readonly object[];
  readonly unresolved?: readonly object[];
}

test.each<[name: string, resources: readonly Resource[], parts: Parts]>([
  [
    'a user with the tags of the provider, of which one is no text',
    [{ type: 'aws_iam_user', after: { name: 'eve', tags: {}, tags_all: { team: 'red', odd: 1 } } }],
    { declared: [{ kind: 'identity', holder: { kind: 'user', name: 'eve' }, path: '/', tags: new Map([['team', 'red']]) }] },
  ],
  [
    'the inline policies of a role: one without a name is none, one without a document is unreadable',
    [role({ inline_policy: [{ name: 'a', policy: '{"a": 1}' }, { policy: '{}' }, { name: 'b' }] })],
    {
      declared: [
        { kind: 'identity', ...ofRole },
        { kind: 'inline-policy', ...ofRole, name: 'a', document: { a: 1 } },
        { kind: 'inline-policy', ...ofRole, name: 'b', document: null },
      ],
    },
  ],
  ...(
    [
      ['a text', 'inline_policy is no list'],
      [['a text'], 'an object is expected'],
    ] satisfies [Json, string][]
  ).map(([inline_policy, reason]): [string, readonly Resource[], Parts] => [
    `inline policies that are ${JSON.stringify(inline_policy)}`,
    [role({ inline_policy })],
    {
      declared: [
        { kind: 'identity', ...ofRole },
        { kind: 'unread-policy', ...ofRole },
      ],
      unresolved: [{ source: ADDRESS, ...ofRole, reason }],
    },
  ]),
  [
    'a role whose boundary is known later',
    [role({}, { unknown: { permissions_boundary: true } })],
    { unresolved: [{ source: ADDRESS, reason: `permissions_boundary ${later}` }] },
  ],
  [
    'a boundary that refers to what is no policy',
    [
      role({}, { unknown: { permissions_boundary: true }, sets: { permissions_boundary: ['aws_iam_group.this'] } }),
      { type: 'aws_iam_group', after: { name: 'g' }, actions: ['no-op'] },
    ],
    { unresolved: [{ source: ADDRESS, reason: 'permissions_boundary refers to aws_iam_group.this' }] },
  ],
  ['a path that is no text', [role({ path: 1 })], { unresolved: [{ source: ADDRESS, reason: 'path is no text' }] }],
  [
    'a policy whose document is known later',
    [{ type: 'aws_iam_policy', after: { name: 'p' }, unknown: { policy: true } }].map((one) => ({
      ...one,
      sets: { policy: [] },
    })),
    {
      declared: [{ kind: 'managed-policy', name: 'p', path: '/', document: 'not known before the change is deployed' }],
      unresolved: [{ source: 'aws_iam_policy.this', reason: `policy ${later}` }],
    },
  ],
  ['an attachment without a policy', [attach([], { unknown: {} })], {}],
  [
    'an attachment to users that are no list',
    [{ type: 'aws_iam_policy_attachment', after: { users: 'ann', groups: [null], roles: ['fn'], policy_arn: policyArn('p') } }],
    {
      declared: [{ kind: 'attachment', ...ofRole, policyArn: policyArn('p') }],
      unresolved: [{ reason: 'users is no list' }, { reason: 'groups is missing' }],
    },
  ],
  [
    'an inline policy for a role that is known later',
    [{ type: 'aws_iam_role_policy', after: { name: 'p', policy: '{}' }, unknown: { role: true } }],
    { unresolved: [{ source: 'aws_iam_role_policy.this', reason: `role ${later}` }] },
  ],
  [
    'a policy without a name, of which Terraform generates all',
    [{ type: 'aws_iam_policy', index: 'a b', after: { policy: '{}' } }],
    { declared: [{ kind: 'managed-policy', name: 'terraform-aws_iam_policy.this-a-b-' }] },
  ],
  [
    'a policy by its key, and one by its number',
    [
      ...['a', 1].map((index) => ({ ...policyAt(index), actions: ['no-op'] })),
      attach(['aws_iam_policy.this["a"].arn', 'aws_iam_policy.this["a"]']),
      attach(['aws_iam_policy.this[1].arn', 'aws_iam_policy.this[1]'], { name: 'two' }),
    ],
    {
      declared: [
        { kind: 'attachment', ...ofRole, policyArn: policyArn('p-a') },
        { kind: 'attachment', ...ofRole, policyArn: policyArn('p-1') },
      ],
    },
  ],
  [
    'one of several policies, not told which',
    [...['a', 'b'].map((index) => ({ ...policyAt(index), actions: ['no-op'] })), attach(['aws_iam_policy.this'])],
    {
      declared: [{ kind: 'unread-policy', ...ofRole }],
      unresolved: [{ ...ofRole, reason: 'policy_arn refers to aws_iam_policy.this, of which the plan has 2' }],
    },
  ],
])('reads %s', (_name, resources, { declared = [], unresolved = [] }) => {
  expect(read(planOf(...resources))).toMatchObject({ declared, unresolved, removed: [] });
});

test('reads the references of a resource in a module, and none where an expression is no reference', () => {
  const inModule = (references: Json) =>
    JSON.stringify({
      format_version: '1.2',
      resource_changes: [policyAt(0), attach([])].map(({ type, name = 'this', after, unknown }) => ({
        ...{ address: `module.team["a"].${type}.${name}`, module_address: 'module.team["a"]', mode: 'managed', type, name },
        change: { actions: ['create'], before: null, after, after_unknown: unknown },
      })),
      configuration: {
        root_module: {
          module_calls: {
            team: {
              module: {
                resources: [{ type: 'aws_iam_role_policy_attachment', name: 'one', expressions: { policy_arn: { references } } }],
              },
            },
          },
        },
      },
    });
  expect(read(inModule(['aws_iam_policy.this.arn'])).declared).toContainEqual({
    ...{ kind: 'attachment', ...ofRole, policyArn: policyArn('p-0') },
  });
  expect(read(inModule('aws_iam_policy.this.arn')).unresolved).toMatchObject([{ reason: `policy_arn ${later}` }]);
});

/** The account after the plans, one after the other. */
function accountAfter(...plans: readonly (readonly Resource[])[]) {
  const { facts } = plans.reduce((snapshot, plan) => layOver(snapshot, read(planOf(...plan)), []).snapshot, before);
  if (facts.identities.status === 'unavailable') throw new Error(facts.identities.reason);
  return facts.identities.value;
}

const gone = (type: string, values: Values): Resource => ({ type, actions: ['delete'], before: values });
const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);

test('creates users, groups and instance profiles', () => {
  const { users, groups, roles } = accountAfter([
    { type: 'aws_iam_user', after: { name: 'eve', tags: { team: 'red' } } },
    { type: 'aws_iam_group', after: { name: 'auditors' } },
    { type: 'aws_iam_user_group_membership', after: { user: 'eve', groups: ['auditors'] } },
    { type: 'aws_iam_instance_profile', after: { name: 'web', path: '/team/', role: 'app' } },
  ]);
  expect(users.at(-1)).toMatchObject({ name: 'eve', groups: ['auditors'], tags: new Map([['team', 'red']]) });
  expect(groups.at(-1)).toMatchObject({ name: 'auditors', arn: `arn:aws:iam::${ACCOUNT}:group/auditors` });
  expect(roles.map(({ name, instanceProfiles }) => [name, ...instanceProfiles.map(({ arn }) => arn)])).toEqual([
    ['app', `arn:aws:iam::${ACCOUNT}:instance-profile/team/web`],
    ...[['guarded'], ['ops'], ['reports']],
  ]);
});

test('removes users, roles, groups with their memberships, and policies with their attachments', () => {
  const { users, groups, roles, policies } = accountAfter([
    gone('aws_iam_user', { name: 'ci' }),
    gone('aws_iam_role', { name: 'app' }),
    gone('aws_iam_group', { name: 'admins' }),
    gone('aws_iam_policy', { name: 'deploy', path: '/', policy: '{}' }),
    gone('aws_iam_user_group_membership', { user: 'dora', groups: ['developers'] }),
  ]);
  expect(users.map((user) => [user.name, ...user.groups, ...names(user.attachedPolicies)])).toEqual([
    ...[['ann'], ['dora'], ['legacy'], ['sealed'], ['vault', 'developers']],
  ]);
  expect(names(groups)).toEqual(['developers']);
  expect(names(roles)).toEqual(['guarded', 'ops', 'reports']);
  expect(names(policies)).toEqual(['AdministratorAccess', 'workload-boundary']);
});

test('removes an instance profile, and leaves alone what no list of the identities has', () => {
  const profile = { name: 'web', path: '/', role: 'app' };
  const { users, roles } = accountAfter(
    [{ type: 'aws_iam_instance_profile', after: profile }],
    [
      gone('aws_iam_instance_profile', profile),
      gone('aws_iam_access_key', { user: 'ci', status: 'Active' }),
      gone('aws_iam_role', { name: 'guarded', inline_policy: 'a text' }),
    ],
  );
  expect(roles.map(({ name, instanceProfiles }) => [name, instanceProfiles])).toEqual(
    ['app', 'ops', 'reports'].map((name) => [name, []]),
  );
  expect(users).toHaveLength(6);
});

test.each<[name: string, facts: Partial<(typeof before)['facts']>, keys: readonly string[] | undefined]>([
  ['of a user without keys', {}, ['aws_iam_access_key.this']],
  [
    'of a user that the credential report does not have',
    { credentialReport: unavailable('denied') },
    ['aws_iam_access_key.this'],
  ],
  ['where no keys are listed', { accessKeys: unavailable('denied') }, undefined],
  ['where those of the user are not listed', { accessKeys: collected(new Map([['legacy', unavailable('denied')]])) }, undefined],
])('adds an access key %s', (_name, facts, keys) => {
  const plan = planOf({ type: 'aws_iam_access_key', after: { user: 'legacy', status: 'Active' } });
  const { accessKeys } = layOver({ ...before, facts: { ...before.facts, ...facts } }, read(plan), []).snapshot.facts;
  const listed = accessKeys.status === 'collected' ? accessKeys.value.get('legacy') : undefined;
  expect(listed?.status === 'collected' ? listed.value.map(({ id }) => id) : undefined).toEqual(keys);
});

test('adds no access key to a user with an active one that is not listed: the list would seem complete', () => {
  const plan = planOf({ type: 'aws_iam_access_key', after: { user: 'CI', status: 'Active' } });
  const { accessKeys } = layOver({ ...before, facts: { ...before.facts, accessKeys: collected(new Map()) } }, read(plan), [])
    .snapshot.facts;
  expect(accessKeys).toEqual(collected(new Map()));
});

test('says that the group of a membership does not exist', () => {
  const plan = planOf({ type: 'aws_iam_group_membership', after: { group: 'nowhere', users: ['dora'] } });
  expect(layOver(before, read(plan), []).notCompared).toEqual([
    { part: 'permissions', reason: 'membership of group nowhere: group nowhere does not exist' },
  ]);
});

test('says of an unknown policy of a group which group it is', () => {
  const plan = planOf({
    ...{ type: 'aws_iam_group_policy', after: { group: 'admins', name: 'x' }, unknown: { policy: true }, sets: { policy: [] } },
  });
  expect(layOver(before, read(plan), []).notCompared).toMatchObject([{ resource: { type: 'AwsIamGroup', name: 'admins' } }]);
});
