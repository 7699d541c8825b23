import { decide } from '../policy/decide.ts';
import type { Account } from './account.ts';
import type { Actor, RoleActor } from './actor.ts';
import { type Answer, all, granted, refused, supposing } from './answer.ts';
import { answerOf, unread } from './authorize.ts';
import { byAnyCredential } from './any-credential.ts';
import { type RequestKeys, contextOf } from './context.ts';

/**
 * Whether the resource control policies of the account let the actor assume the role. They limit what anybody may do to resources of
 * the services that know them, STS among these and IAM not, so that of the ways to act as a role only assuming it is theirs to stop.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
export function resourceGuardrailsAllow(account: Account, actor: Actor, role: RoleActor, keys: RequestKeys): Answer {
  const { resourceGuardrails } = account;
  if (resourceGuardrails.length === 0) return granted();
  const action = 'sts:AssumeRole';
  const answer = byAnyCredential(account, actor, contextOf(account, actor, action, keys), (context) =>
    all(
      ...resourceGuardrails.map(({ kind, name, policies }) => () => {
        if (policies === 'unreadable') return supposing(unread(kind, name));
        const text = `Outside the resource control policy ${name}`;
        const decided = answerOf(decide(policies, { action, resource: role.arn, context }), () => ({ kind, text }));
        return decided.kind === 'refused' && decided.blockers.length === 0 ? refused([{ kind, text }]) : decided;
      }),
    ),
  );
  // What a limit allows is no permission: its statements are none of the path's.
  return answer.kind === 'granted' ? granted([], answer.conditions) : answer;
}
