import { canSomewhere } from '../access/some-resource.ts';
import { aboutTarget } from '../access/target-keys.ts';
import { defineCheck, fail, pass, unknown } from '../model/check.ts';
import type { Facts } from '../model/snapshot.ts';
import { isAdminCapable } from '../model/verdict.ts';
import { byAccessKey } from './subjects/mfa-keys.ts';
import { accountFacts, openedAccount } from './subjects/opened-account.ts';
import { powerOf } from './subjects/sign-in.ts';
import { statementEvidence } from './subjects/statement-evidence.ts';
import { type UserSubject, users } from './subjects/users.ts';

const ACTION = 'sts:GetFederationToken';

/** Whether the user has an active access key, or why that could not be seen; the live list comes before the credential report. */
function activeKey({ user, row }: UserSubject, { accessKeys }: Pick<Facts, 'accessKeys'>): boolean | string {
  const listed = accessKeys.get(user.name);
  if (listed?.status === 'unavailable') return listed.reason;
  const keys = listed?.value ?? row?.keys;
  return keys?.some(({ active }) => active) ?? 'the user is newer than the credential report, and its keys were not listed';
}

export default defineCheck({
  id: 'federation-token-by-admin',
  title: 'The access keys of admins cannot make sessions that outlive them',
  severity: 'MEDIUM',
  rationale:
    'A session of GetFederationToken lives up to 36 hours and has the rights of the user, and deleting or deactivating the access key that made it does not end it. Whoever steals a key makes such a session first. Nearly nothing needs the call.',
  standards: { 'NIST 800-53 r5': 'AC-6, AC-12', 'ISO 27001:2022': 'A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: [...accountFacts, 'accessKeys', 'access'],
  // The call must be signed with an access key of the user: without one there is nothing to steal.
  select: (facts) =>
    users(facts).flatMap((subject) => {
      const hasKey = activeKey(subject, facts);
      const verdict = facts.access.get(subject.user.arn);
      return hasKey !== false && verdict && isAdminCapable(verdict) ? [{ ...subject, hasKey }] : [];
    }),
  judge: ({ user, hasKey }, facts, context) => {
    const account = openedAccount(facts, context);
    const actor = account.actorsByArn.get(user.arn);
    const verdict = facts.access.get(user.arn);
    if (!actor || !verdict) return unknown('its policies are not in the snapshot');
    if (actor.unreadable.length > 0) return unknown(`${actor.unreadable.join(', ')} could not be read`);
    const answer = canSomewhere(account, actor, [ACTION], aboutTarget(actor, byAccessKey));
    if (answer.kind === 'refused' || !answer.certain) return pass;
    if (hasKey !== true) return unknown(hasKey);
    return fail(`An access key of user ${user.name}, who ${powerOf(verdict)}, can make sessions that outlive it (${ACTION}).`, {
      evidence: { statements: statementEvidence(answer.statements) },
    });
  },
  remediation: ({ user }) =>
    `Deny ${ACTION} to user ${user.name}. If a key of it was stolen, deleting the key is not enough: deny the user everything until 36 hours have passed.`,
});
