import type { Principal } from '../iam/principal.ts';
import { cli } from '../model/command.ts';
import { type Instant, toIso } from '../model/instant.ts';

/** The name that the AWS console gives to the policy. */
export const POLICY_NAME = 'AWSRevokeOlderSessions';

/**
 * How long from now the sessions that are issued are denied too. The commands take effect one after the other, and a session that is not
 * yet ended could otherwise get a new one of a principal whose older sessions are. AWS's own policy looks 30 seconds ahead.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html
 */
export const REVOCATION_LEAD = 15 * 60_000;

/**
 * The policy that denies everything to sessions that were issued before a time. A request that is signed with an access key has no such
 * time, and is not denied.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_disable-perms.html
 */
const revocation = (before: Instant): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Deny', Action: '*', Resource: '*', Condition: { DateLessThan: { 'aws:TokenIssueTime': toIso(before) } } },
    ],
  });

/** The command that ends the sessions of a user or a role that were issued before a time. */
export function sessionRevocation({ kind, identity: { name } }: Principal, before: Instant): string {
  const document = revocation(before);
  return kind === 'user'
    ? cli('iam put-user-policy', { 'user-name': name, 'policy-name': POLICY_NAME, 'policy-document': document })
    : cli('iam put-role-policy', { 'role-name': name, 'policy-name': POLICY_NAME, 'policy-document': document });
}
