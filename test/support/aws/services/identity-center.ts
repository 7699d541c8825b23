import type { Json } from '../../../../lambda/scanner/model/json.ts';
import type { Call, Handler, Handlers, Served } from '../call.ts';
import { field, isObject, list, text } from '../json-access.ts';
import { Refusal, accessDenied } from '../refusal.ts';
import { tokenPage } from '../token-page.ts';

function itemsOf(served: Served, call: Call, part: string): readonly Json[] {
  if (field(served.quirks.organization, part) === undefined) throw accessDenied(served.caller, call);
  return list(served.quirks.organization, part);
}

const setOf = (served: Served, call: Call): Json | undefined =>
  itemsOf(served, call, 'PermissionSets').find(
    (set) => text(set, 'PermissionSetArn') === call.parameters.get('PermissionSetArn'),
  );

const ofSet = (served: Served, call: Call): readonly Json[] =>
  itemsOf(served, call, 'AccountAssignments').filter(
    (assignment) => text(assignment, 'PermissionSetArn') === call.parameters.get('PermissionSetArn'),
  );

const isElsewhere = ({ quirks }: Served, { region }: Call) => (quirks.identityCenterRegion ?? region) !== region;

type Entry = readonly [string, Handler];

/** The same handlers, which know of no instance in another Region. */
const inItsRegion = (handlers: readonly Entry[]): readonly Entry[] =>
  handlers.map(([action, handler]) => [
    action,
    (served, call) => {
      if (isElsewhere(served, call)) throw new Refusal(400, 'ResourceNotFoundException', 'The instance does not exist.');
      return handler(served, call);
    },
  ]);

const listInstances: Handler = (served, call) => {
  const instances = itemsOf(served, call, 'Instances');
  return tokenPage(served, call, 'Instances', isElsewhere(served, call) ? [] : instances);
};

const administration = inItsRegion([
  [
    'ListPermissionSets',
    (served, call) => {
      const arns = itemsOf(served, call, 'PermissionSets').flatMap((set) => text(set, 'PermissionSetArn') ?? []);
      return tokenPage(served, call, 'PermissionSets', arns);
    },
  ],
  [
    'DescribePermissionSet',
    (served, call) => {
      const set = setOf(served, call);
      const fields = ['PermissionSetArn', 'Name', 'SessionDuration'].map((name) => [name, field(set, name)] as const);
      return {
        PermissionSet: Object.fromEntries(fields.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
      };
    },
  ],
  [
    'ListManagedPoliciesInPermissionSet',
    (served, call) => tokenPage(served, call, 'AttachedManagedPolicies', list(setOf(served, call), 'ManagedPolicies')),
  ],
  [
    'ListCustomerManagedPolicyReferencesInPermissionSet',
    (served, call) =>
      tokenPage(served, call, 'CustomerManagedPolicyReferences', list(setOf(served, call), 'CustomerManagedPolicies')),
  ],
  [
    'GetInlinePolicyForPermissionSet',
    (served, call) => {
      const policy = field(setOf(served, call), 'InlinePolicy');
      return isObject(policy) ? { InlinePolicy: JSON.stringify(policy) } : {};
    },
  ],
  [
    'GetPermissionsBoundaryForPermissionSet',
    (served, call) => {
      const boundary = field(setOf(served, call), 'PermissionsBoundary');
      if (boundary === undefined) throw new Refusal(400, 'ResourceNotFoundException', 'There is no permissions boundary.');
      return { PermissionsBoundary: boundary };
    },
  ],
  [
    'ListAccountsForProvisionedPermissionSet',
    (served, call) => {
      const ids = new Set(ofSet(served, call).flatMap((assignment) => text(assignment, 'AccountId') ?? []));
      return tokenPage(served, call, 'AccountIds', [...ids]);
    },
  ],
  [
    'ListAccountAssignments',
    (served, call) => {
      const inAccount = ofSet(served, call).filter(
        (assignment) => text(assignment, 'AccountId') === call.parameters.get('AccountId'),
      );
      return tokenPage(served, call, 'AccountAssignments', inAccount);
    },
  ],
]);

/** The actions of the administration of IAM Identity Center. */
export const sso: Handlers = new Map([['ListInstances', listInstances], ...administration]);

/** The items with what AWS says of each besides: the store, the ARN, the id of a membership, the revision of the others. */
const withOwn = (call: Call, kind: 'User' | 'Group' | 'Membership', items: readonly Json[]): readonly Json[] =>
  items.filter(isObject).map((item, index) => {
    const made = `a${String(index).padStart(7, '0')}-0000-4000-8000-000000000003`;
    const id = text(item, `${kind}Id`) ?? made;
    return {
      IdentityStoreId: call.parameters.get('IdentityStoreId') ?? '',
      [`${kind}Id`]: id,
      [`${kind}Arn`]: `arn:aws:identitystore:::${kind.toLowerCase()}/${id}`,
      ...(kind === 'Membership' ? {} : { Revision: '1' }),
      ...item,
    };
  });

/** The actions of the identity store. */
export const identitystore: Handlers = new Map(
  inItsRegion([
    ['ListUsers', (served, call) => tokenPage(served, call, 'Users', withOwn(call, 'User', itemsOf(served, call, 'Users')))],
    ['ListGroups', (served, call) => tokenPage(served, call, 'Groups', withOwn(call, 'Group', itemsOf(served, call, 'Groups')))],
    [
      'ListGroupMemberships',
      (served, call) => {
        const inGroup = itemsOf(served, call, 'GroupMemberships').filter(
          (membership) => text(membership, 'GroupId') === call.parameters.get('GroupId'),
        );
        return tokenPage(served, call, 'GroupMemberships', withOwn(call, 'Membership', inGroup));
      },
    ],
  ]),
);
