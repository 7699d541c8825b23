import type { Account } from '../../iam/account.ts';
import { actionSet, mayAllowAny } from '../../iam/action-prefilter.ts';
import { type AuthorizationResult, allOf, anyOf, conditional, granted, refused } from '../../iam/authorization-result.ts';
import { can, limitsOf } from '../../iam/authorization.ts';
import { hasMfaDevice } from '../../iam/mfa-devices.ts';
import type { Principal, UserPrincipal } from '../../iam/principal.ts';
import { passesNoRole } from '../../iam/request-context.ts';
import { canOnSomeResource } from '../../iam/resource-candidates.ts';
import { type TagAssignment, tagAssignments } from '../../iam/tag-assignments.ts';
import { tagged } from '../../iam/tagged.ts';
import { targetContextKeys } from '../../iam/target-keys.ts';
import { tagging } from '../../iam/target-tags.ts';
import { derivedValues } from '../../model/derived-values.ts';
import type { PolicyInForce } from '../../policy/decide.ts';
import { type IdentityChange, techniqueFor } from './identity-change.ts';

const MFA_KEYS = ['aws:multifactorauthpresent', 'aws:multifactorauthage'];
const TAG_KEYS = ['aws:principaltag/'];
const SERVICE_KEYS = ['aws:calledvia', 'aws:viaawsservice'];

/** Ways to meet conditions of the policies and limits of an identity. */
export function conditionChanges(account: Account, by: Principal, principal: Principal): readonly IdentityChange[] {
  const asks = (keys: readonly string[]) => asksFor(principal, keys);
  return [
    ...(mayAllowAny(by, tagActions) ? tagChanges(account, principal) : []),
    ...(principal.kind === 'user' && asks(MFA_KEYS) ? [enrollDevice(account)] : []),
    ...(asks(SERVICE_KEYS) ? [callThroughCloudFormation(account)] : []),
  ];
}

const withSettableKeys =
  (keys: readonly string[]): IdentityChange['apply'] =>
  (principal) => ({ ...principal, settableKeys: [...principal.settableKeys, ...keys] });

const tagActions = actionSet(['iam:TagUser', 'iam:TagRole', 'iam:UntagUser', 'iam:UntagRole']);

const askedByTrusts = derivedValues.table<Account['trusts'], readonly TagAssignment[]>();

const tagsForTrusts = ({ trusts }: Account): readonly TagAssignment[] =>
  askedByTrusts.getOrCreate(trusts, () =>
    tagAssignments(
      [...trusts.values()].flatMap((trust) => trust ?? []),
      TAG_KEYS,
    ),
  );

const tagsForPolicies = (principal: Principal): readonly TagAssignment[] =>
  tagAssignments(
    policiesAndLimits(principal).map(({ policy }) => policy),
    TAG_KEYS,
  );

/**
 * The tags that the policies of the identity ask for, or trust policies. One that is set for one statement may be the wrong one for
 * another.
 */
const tagChanges = (account: Account, principal: Principal): readonly IdentityChange[] =>
  [...tagsForPolicies(principal), ...tagsForTrusts(account)].map((tags): IdentityChange => {
    const { calls } = tagging(account, principal, principal, tags);
    const [action = ''] = calls;
    const technique = techniqueFor(action, undefined, 'Set or remove tags, as the policies of the identity require');
    return {
      key: `tags ${JSON.stringify([...tags])}`,
      technique: { ...technique, actions: calls },
      answer: (by, on) => tagging(account, by, on, tags).answer(),
      mayLose: true,
      apply: (on) => tagged(on, tags),
    };
  });

const enrollDevice = (account: Account): IdentityChange => ({
  key: 'iam:EnableMFADevice',
  technique: {
    ...techniqueFor('iam:EnableMFADevice', undefined, 'Enroll a new MFA device for the user'),
    actions: ['iam:CreateVirtualMFADevice', 'iam:EnableMFADevice'],
  },
  answer: (by, on) => (on.kind === 'user' ? canEnrollFirstDevice(account, by, on) : refused()),
  apply: withSettableKeys(MFA_KEYS),
});

/**
 * A stack without a service role makes its calls with the rights of its creator, and says so in `aws:CalledVia`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html
 */
const callThroughCloudFormation = (account: Account): IdentityChange => ({
  key: 'cloudformation:CreateStack',
  technique: {
    id: 'call-through-cloudformation',
    aliases: [],
    title: 'Create a CloudFormation stack without a service role, which calls IAM with its own permissions',
    actions: ['cloudformation:CreateStack'],
  },
  answer: (_by, on) => canOnSomeResource(account, on, ['cloudformation:CreateStack'], { keys: passesNoRole }),
  mayLose: true,
  apply: (principal) => ({ ...principal, through: 'cloudformation.amazonaws.com' }),
});

/**
 * Whether an MFA device can be enrolled for the user without MFA. If it has a device, AWS refuses that, whatever the policies
 * allow. https://aws.amazon.com/security/security-bulletins/AWS-2023-001/
 */
function canEnrollFirstDevice(account: Account, by: Principal, user: UserPrincipal): AuthorizationResult {
  const { arn, identity } = user;
  const devices = [`mfa/${identity.name}`, 'mfa/any'].map((name) => `arn:${account.partition}:iam::${account.accountId}:${name}`);
  return allOf(
    () => hasNoDevice(account, user),
    () => anyOf(devices.map((device) => () => can(account, by, 'iam:CreateVirtualMFADevice', device))),
    () => can(account, by, 'iam:EnableMFADevice', arn, targetContextKeys(user)),
  );
}

function hasNoDevice(account: Account, user: UserPrincipal): AuthorizationResult {
  const hasOne = hasMfaDevice(account, user);
  if (hasOne !== undefined) return hasOne ? refused() : granted();
  return conditional({
    key: 'exists:no-mfa-device',
    controlledBy: 'environment',
    text: 'the user has no MFA device yet',
  });
}

const policiesAndLimits = (principal: Principal): readonly PolicyInForce[] => [
  ...principal.policies,
  ...limitsOf(principal).flatMap(({ policies }) => (policies === 'unreadable' ? [] : policies)),
];

/** Whether a policy or a limit of the principal has a condition on one of the keys. */
function asksFor(principal: Principal, keys: readonly string[]): boolean {
  return policiesAndLimits(principal).some(({ policy }) =>
    policy.statements.some(({ source }) =>
      source.conditions.some(({ key }) => keys.some((asked) => key.toLowerCase().startsWith(asked))),
    ),
  );
}
