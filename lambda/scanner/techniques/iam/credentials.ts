import type { CredentialReportRow } from '../../facts/credential-report.ts';
import type { Account } from '../../iam/account.ts';
import type { Principal, UserPrincipal } from '../../iam/principal.ts';
import { type AuthorizationResult, allOf, anyOf, granted, refused } from '../../iam/authorization-result.ts';
import { can } from '../../iam/authorization.ts';
import type { RequestKeys } from '../../iam/request-context.ts';
import { targetContextKeys } from '../../iam/target-keys.ts';
import { withTags } from '../../iam/target-tags.ts';
import type { ImpersonationTechnique, Technique } from '../technique.ts';
import { canOnRenamedUser, renames } from './renaming.ts';
import { ifCollected } from '../../model/observed.ts';

const reportRow = ({ facts: { credentialReport } }: Account, { identity }: UserPrincipal): CredentialReportRow | undefined =>
  ifCollected(credentialReport)?.rows.get(identity.name);

/** The number of access keys of the user, at most two; undefined where it is not known. */
function keyCount(account: Account, user: UserPrincipal): number | undefined {
  const { accessKeys } = account.facts;
  const listed = ifCollected(accessKeys)?.get(user.identity.name);
  if (listed?.status === 'collected') return listed.value.length;
  return reportRow(account, user)?.keys.filter(({ active, lastRotated }) => active || typeof lastRotated === 'number').length;
}

/** Whether the user has a console password; undefined where it is not known. */
function hasPassword(account: Account, user: UserPrincipal): boolean | undefined {
  const enabled = reportRow(account, user)?.passwordEnabled;
  return enabled === 'unsupported' ? undefined : enabled;
}

/** A password alone is not enough to sign in as a user with an MFA device. The device must be deactivated first. */
const pastMfa = (account: Account, principal: Principal, target: UserPrincipal, keys: RequestKeys): AuthorizationResult =>
  reportRow(account, target)?.mfaActive ? can(account, principal, 'iam:DeactivateMFADevice', target.arn, keys) : granted();

const MAX_KEYS = 2;

/** A technique that does these actions on a user. `applies` tells whether it works on the user; undefined counts as yes. */
const onUser = (
  technique: Technique,
  applies: (account: Account, user: UserPrincipal) => boolean | undefined,
  further: (account: Account, principal: Principal, user: UserPrincipal, keys: RequestKeys) => AuthorizationResult = () =>
    granted(),
): ImpersonationTechnique => ({
  ...technique,
  candidates: (account, index, target) =>
    target.kind === 'user' && applies(account, target) !== false
      ? [...index.principalsAllowed(technique.actions[0] ?? '', target.arn), ...index.principalsAllowed(renames.user, target.arn)]
      : [],
  attempt: (account, principal, target) => {
    if (target.kind !== 'user' || applies(account, target) === false) return refused();
    return anyOf([
      () =>
        withTags(account, principal, target, (keys) =>
          allOf(...technique.actions.map((action) => () => can(account, principal, action, target.arn, keys)), () =>
            further(account, principal, target, keys),
          ),
        ),
      () =>
        allOf(
          () => canOnRenamedUser(account, principal, target, technique.actions),
          () => further(account, principal, target, targetContextKeys(target)),
        ),
    ]);
  },
});

/** The act-as techniques that get credentials of another user. */
export const credentialTechniques: readonly ImpersonationTechnique[] = [
  onUser(
    {
      id: 'create-access-key',
      aliases: ['iam-002'],
      title: 'Create an access key for the user',
      actions: ['iam:CreateAccessKey'],
    },
    (account, user) => (keyCount(account, user) ?? 0) < MAX_KEYS,
  ),
  onUser(
    {
      id: 'replace-access-key',
      aliases: ['iam-003'],
      title: 'Delete one of the two access keys of the user and create another',
      actions: ['iam:CreateAccessKey', 'iam:DeleteAccessKey'],
    },
    (account, user) => (keyCount(account, user) ?? 0) >= MAX_KEYS,
  ),
  onUser(
    {
      id: 'create-login-profile',
      aliases: ['iam-004'],
      title: 'Create a console password for the user and sign in',
      actions: ['iam:CreateLoginProfile'],
    },
    (account, user) => hasPassword(account, user) !== true,
    pastMfa,
  ),
  onUser(
    {
      id: 'update-login-profile',
      aliases: ['iam-006'],
      title: 'Reset the console password of the user and sign in',
      actions: ['iam:UpdateLoginProfile'],
    },
    (account, user) => hasPassword(account, user) !== false,
    pastMfa,
  ),
];
