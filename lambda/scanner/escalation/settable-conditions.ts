import type { Account } from '../iam/account.ts';
import type { Principal, UserPrincipal } from '../iam/principal.ts';
import { type AuthorizationResult, allOf, anyOf, conditional, granted, refused } from '../iam/authorization-result.ts';
import { can } from '../iam/authorization.ts';
import { hasMfaDevice } from '../iam/mfa-devices.ts';
import { targetContextKeys } from '../iam/target-keys.ts';
import { type RemovalOption, identityWords, techniqueFor } from './removal-option.ts';

const MFA_KEYS = ['aws:multifactorauthpresent', 'aws:multifactorauthage'];
const TAG_KEYS = ['aws:principaltag/'];

/** Conditions in the policies of the principal that it can set up to be met. */
export function conditionOptions(account: Account, principal: Principal): readonly RemovalOption[] {
  const withSettableKeys = (keys: readonly string[]) => () => ({
    ...principal,
    settableKeys: [...principal.settableKeys, ...keys],
  });
  const isOpen = (keys: readonly string[]) =>
    keys.some((key) => !principal.settableKeys.includes(key)) && asksFor(principal, keys);
  const tag = `iam:Tag${identityWords[principal.kind]}`;
  const tagItself = {
    technique: techniqueFor(tag, undefined, 'Tag itself with the tags that its policies require'),
    answer: () => can(account, principal, tag, principal.arn, targetContextKeys(principal)),
    principal: withSettableKeys(TAG_KEYS),
  };
  const options: RemovalOption[] = isOpen(TAG_KEYS) ? [tagItself] : [];
  if (principal.kind === 'user' && isOpen(MFA_KEYS))
    options.push({
      technique: {
        ...techniqueFor('iam:EnableMFADevice', undefined, 'Enroll a new MFA device for itself'),
        actions: ['iam:CreateVirtualMFADevice', 'iam:EnableMFADevice'],
      },
      answer: () => canEnrollFirstDevice(account, principal),
      principal: withSettableKeys(MFA_KEYS),
    });
  return options;
}

/**
 * Whether the user can enroll an MFA device for itself without MFA. If it has a device, AWS refuses that, whatever the policies
 * allow. https://aws.amazon.com/security/security-bulletins/AWS-2023-001/
 */
function canEnrollFirstDevice(account: Account, user: UserPrincipal): AuthorizationResult {
  const { arn, identity } = user;
  const devices = [`mfa/${identity.name}`, 'mfa/any'].map((name) => `arn:${account.partition}:iam::${account.accountId}:${name}`);
  return allOf(
    () => hasNoDevice(account, user),
    () => anyOf(devices.map((device) => () => can(account, user, 'iam:CreateVirtualMFADevice', device))),
    () => can(account, user, 'iam:EnableMFADevice', arn, targetContextKeys(user)),
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

/** Whether a policy or the permissions boundary of the principal has a condition on one of the keys. */
function asksFor({ policies, boundary }: Principal, keys: readonly string[]): boolean {
  const limits = boundary === undefined || boundary.policies === 'unreadable' ? [] : boundary.policies;
  return [...policies, ...limits].some(({ policy }) =>
    policy.statements.some(({ source }) =>
      source.conditions.some(({ key }) => keys.some((asked) => key.toLowerCase().startsWith(asked))),
    ),
  );
}
