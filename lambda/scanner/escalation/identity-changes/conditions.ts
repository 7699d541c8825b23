import type { Account } from '../../iam/account.ts';
import { type AuthorizationResult, allOf, anyOf, conditional, granted, refused } from '../../iam/authorization-result.ts';
import { can, limitsOf } from '../../iam/authorization.ts';
import { hasMfaDevice } from '../../iam/mfa-devices.ts';
import type { Principal, UserPrincipal } from '../../iam/principal.ts';
import { passesNoRole } from '../../iam/request-context.ts';
import { canOnSomeResource } from '../../iam/resource-candidates.ts';
import { targetContextKeys } from '../../iam/target-keys.ts';
import { type IdentityChange, identityWords, techniqueFor } from './identity-change.ts';

const MFA_KEYS = ['aws:multifactorauthpresent', 'aws:multifactorauthage'];
const TAG_KEYS = ['aws:principaltag/'];
const SERVICE_KEYS = ['aws:calledvia', 'aws:viaawsservice'];

/** Ways to meet conditions of the policies and limits of an identity. */
export function conditionChanges(account: Account, principal: Principal): readonly IdentityChange[] {
  const asks = (keys: readonly string[]) => asksFor(principal, keys);
  return [
    ...(asks(TAG_KEYS) ? [setTags(account, principal)] : []),
    ...(principal.kind === 'user' && asks(MFA_KEYS) ? [enrollDevice(account)] : []),
    ...(asks(SERVICE_KEYS) ? [callThroughCloudFormation(account)] : []),
  ];
}

const withSettableKeys =
  (keys: readonly string[]): IdentityChange['apply'] =>
  (principal) => ({ ...principal, settableKeys: [...principal.settableKeys, ...keys] });

function setTags(account: Account, { kind }: Principal): IdentityChange {
  const action = `iam:Tag${identityWords[kind]}`;
  return {
    key: action,
    technique: techniqueFor(action, undefined, 'Set the tags that the policies of the identity require'),
    answer: (by, on) => can(account, by, action, on.arn, targetContextKeys(on)),
    // A Deny may ask for a tag that the identity does not have yet.
    mayLose: true,
    apply: withSettableKeys(TAG_KEYS),
  };
}

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

/** Whether a policy or a limit of the principal has a condition on one of the keys. */
function asksFor(principal: Principal, keys: readonly string[]): boolean {
  const limits = limitsOf(principal).flatMap(({ policies }) => (policies === 'unreadable' ? [] : policies));
  return [...principal.policies, ...limits].some(({ policy }) =>
    policy.statements.some(({ source }) =>
      source.conditions.some(({ key }) => keys.some((asked) => key.toLowerCase().startsWith(asked))),
    ),
  );
}
