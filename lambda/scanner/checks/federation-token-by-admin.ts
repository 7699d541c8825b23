import { canOnSomeResource } from '../iam/resource-candidates.ts';
import { targetContextKeys } from '../iam/target-keys.ts';
import { defineCheck, fail, pass, unknown } from '../check.ts';
import { cli } from '../model/command.ts';
import type { Facts } from '../facts/snapshot.ts';
import { isAdminCapable } from '../model/verdict.ts';
import { byAccessKey } from '../check-support/credentials/mfa-condition-keys.ts';
import { describeUserAdminLevel } from '../check-support/credentials/sign-in.ts';
import { unreadPolicies } from '../check-support/principals/unread-policies.ts';
import { statementEvidence } from '../check-support/wording/statement-evidence.ts';
import { type UserSubject, users } from '../check-support/credentials/users.ts';

const ACTION = 'sts:GetFederationToken';

const denial = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: ACTION, Resource: '*' }] });

/** Whether the user has an active access key, or why that is not known. The live list is newer than the credential report. */
function activeKey({ user, row }: UserSubject, { accessKeys }: Pick<Facts, 'accessKeys'>): boolean | string {
  const listed = accessKeys.get(user.name);
  if (listed?.status === 'unavailable') return listed.reason;
  const keys = listed?.value ?? row?.keys;
  return keys?.some(({ active }) => active) ?? 'the user is newer than the credential report, and its keys were not listed';
}

export default defineCheck({
  id: 'federation-token-by-admin',
  title: 'IAM users with administrator access should not be allowed to call sts:GetFederationToken',
  severity: 'MEDIUM',
  rationale:
    'A session from sts:GetFederationToken lasts up to 36 hours and has the permissions of the user. Deactivating or deleting the access key does not end it. An attacker can use it to keep access after the key is revoked. Few programs need the call.',
  standards: { 'NIST 800-53 r5': 'AC-6, AC-12', 'ISO 27001:2022': 'A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: ['identities', 'credentialReport', 'accessKeys', 'access'],
  // The call must be signed with an access key of the user, so users without one are out of scope.
  select: (facts) =>
    users(facts).flatMap((subject) => {
      const hasKey = activeKey(subject, facts);
      const verdict = facts.access.get(subject.user.arn);
      return hasKey !== false && verdict && isAdminCapable(verdict) ? [{ ...subject, hasKey }] : [];
    }),
  judge: ({ user, hasKey }, facts, context) => {
    const account = context.account();
    const principal = account.principalsByArn.get(user.arn);
    const verdict = facts.access.get(user.arn);
    if (!principal || !verdict) return unknown('its policies are not in the snapshot');
    const unread = unreadPolicies(principal);
    if (unread.length > 0) return unknown(`${unread.join(', ')} could not be read`);
    const answer = canOnSomeResource(account, principal, [ACTION], { keys: targetContextKeys(principal, byAccessKey) });
    if (answer.kind === 'refused' || !answer.certain) return pass;
    if (hasKey !== true) return unknown(hasKey);
    return fail(`IAM user ${user.name} ${describeUserAdminLevel(verdict)} and can call ${ACTION} with an access key`, {
      message: 'The session lasts up to 36 hours and stays valid when the access key is deactivated or deleted.',
      evidence: { statements: statementEvidence(answer.statements) },
    });
  },
  remediation: ({ user }) =>
    `If a key of the user was stolen, deleting the key is not enough: deny the user all actions until 36 hours have passed. In all other cases deny this one action: ${cli('iam put-user-policy', { 'user-name': user.name, 'policy-name': 'DenyGetFederationToken', 'policy-document': denial })}`,
});
