import type { CredentialReportRow } from '../../facts/credential-report.ts';
import type { Account } from '../account.ts';
import type { Actor, UserActor } from '../actor.ts';
import { type Answer, all, granted, refused } from '../answer.ts';
import { can } from '../authorize.ts';
import { aboutTarget } from '../target-keys.ts';
import type { ControlRule, Move } from './control-rule.ts';

const reportRow = ({ facts: { credentialReport } }: Account, { identity }: UserActor): CredentialReportRow | undefined =>
  credentialReport.status === 'collected' ? credentialReport.value.rows.get(identity.name) : undefined;

/** How many access keys the user has; a user has two at most. Undefined where it is not known. */
function keyCount(account: Account, user: UserActor): number | undefined {
  const { accessKeys } = account.facts;
  const listed = accessKeys.status === 'collected' ? accessKeys.value.get(user.identity.name) : undefined;
  if (listed?.status === 'collected') return listed.value.length;
  return reportRow(account, user)?.keys.filter(({ active, lastRotated }) => active || typeof lastRotated === 'number').length;
}

/** Whether the user has a password; undefined where it is not known. */
function hasPassword(account: Account, user: UserActor): boolean | undefined {
  const enabled = reportRow(account, user)?.passwordEnabled;
  return enabled === 'unsupported' ? undefined : enabled;
}

/** With a password alone nobody signs in as a user who has an MFA device; it has to be taken off first. */
const pastMfa = (account: Account, actor: Actor, target: UserActor): Answer =>
  reportRow(account, target)?.mfaActive
    ? can(account, actor, 'iam:DeactivateMFADevice', target.arn, aboutTarget(target))
    : granted();

const MAX_KEYS = 2;

/** A rule that does these actions to a user; `applies` says whether the user is one that it works on, undefined counting as yes. */
const onUser = (
  move: Move,
  applies: (account: Account, user: UserActor) => boolean | undefined,
  further: (account: Account, actor: Actor, user: UserActor) => Answer = () => granted(),
): ControlRule => ({
  ...move,
  candidates: (account, index, target) =>
    target.kind === 'user' && applies(account, target) !== false ? index.who(move.actions[0] ?? '', target.arn) : [],
  attempt: (account, actor, target) => {
    if (target.kind !== 'user' || applies(account, target) === false) return refused();
    const does = (action: string) => () => can(account, actor, action, target.arn, aboutTarget(target));
    return all(...move.actions.map(does), () => further(account, actor, target));
  },
});

/** The ways to get credentials of another user. */
export const credentialRules: readonly ControlRule[] = [
  onUser(
    { id: 'create-access-key', aliases: ['iam-002'], title: 'make an access key of the user', actions: ['iam:CreateAccessKey'] },
    (account, user) => (keyCount(account, user) ?? 0) < MAX_KEYS,
  ),
  onUser(
    {
      id: 'replace-access-key',
      aliases: ['iam-003'],
      title: 'delete one of the two access keys of the user and make another',
      actions: ['iam:CreateAccessKey', 'iam:DeleteAccessKey'],
    },
    (account, user) => (keyCount(account, user) ?? 0) >= MAX_KEYS,
  ),
  onUser(
    {
      id: 'create-login-profile',
      aliases: ['iam-004'],
      title: 'give the user a password and sign in',
      actions: ['iam:CreateLoginProfile'],
    },
    (account, user) => hasPassword(account, user) !== true,
    pastMfa,
  ),
  onUser(
    {
      id: 'update-login-profile',
      aliases: ['iam-006'],
      title: 'set a new password of the user and sign in',
      actions: ['iam:UpdateLoginProfile'],
    },
    (account, user) => hasPassword(account, user) !== false,
    pastMfa,
  ),
];
