import { type Request, decide } from '../policy/decide.ts';
import type { Account } from './account.ts';
import type { Principal } from './principal.ts';
import { type AuthorizationResult, allOf, granted, refused, conditional } from './authorization-result.ts';
import { resultOf, unreadableLimitCondition } from './authorization.ts';
import { withBestCredential } from './credentials.ts';
import { type RequestKeys, requestContext } from './request-context.ts';

/**
 * Whether the RCPs of the account allow the principal to do the action on a resource of the account. They name actions of the services
 * that support them, such as STS and Amazon S3, and not of IAM: of all act-as techniques they can stop only those that call STS.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
export function rcpsAllow(
  account: Account,
  principal: Principal,
  { action, resource }: Pick<Request, 'action' | 'resource'>,
  keys: RequestKeys,
): AuthorizationResult {
  if (account.rcpLimits.length === 0) return granted();
  return withBestCredential(account, principal, requestContext(account, principal, action, keys), (context) =>
    rcpsAllowRequest(account, { action, resource, context }),
  );
}

/** Whether the RCPs of the account allow the request of any caller, as the context tells it. */
export function rcpsAllowRequest({ rcpLimits }: Account, request: Request): AuthorizationResult {
  const answer = allOf(
    ...rcpLimits.map(({ kind, name, policies }) => () => {
      if (policies === 'unreadable') return conditional(unreadableLimitCondition(kind, name));
      const text = `Not allowed by the resource control policy ${name}`;
      const decided = resultOf(decide(policies, request), () => ({ kind, text }));
      return decided.kind === 'refused' && decided.blockers.length === 0 ? refused([{ kind, text }]) : decided;
    }),
  );
  // A limit grants nothing: its statements are not part of the path.
  return answer.kind === 'granted' ? granted([], answer.conditions) : answer;
}
