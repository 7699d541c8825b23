import type { Account } from '../access/account.ts';
import { type Principal, isServiceLinked } from '../access/actor.ts';
import { limitsOf } from '../access/authorize.ts';
import { requestContext } from '../access/context.ts';
import { parseArn } from '../model/arn.ts';
import { type Context, controllerOf } from '../policy/context.ts';
import type { PatternSet } from '../policy/policy.ts';
import type { Exit, SideLimit } from './edges.ts';
import { madeAdmin, madeKeys } from './made-admin.ts';
import { ASSUME_ROLE, isOpen, settle } from './side.ts';

/** The cross-account principals: their own policies may allow them to assume roles of other accounts. */
export const exitsOf = (account: Account): readonly Exit[] =>
  account.principals.flatMap((principal) => (isServiceLinked(principal) ? [] : (exitOf(account, principal) ?? [])));

function exitOf(account: Account, principal: Principal): Exit | undefined {
  const context = contextOfExit(account, principal);
  const policies = settle(principal.policies, context);
  const leaves = policies.some(({ statements }) =>
    statements.some(({ effect, resource }) => effect === 'Allow' && mayBeForeign(resource, account.accountId)),
  );
  return leaves ? { principal: principal.arn, policies, limits: limits(principal, context) } : undefined;
}

/** The limits on a role that an admin of the account creates, with a name and tags of its choice (the synthetic admin). */
export function adminExitOf(account: Account): Pick<Exit, 'limits'> {
  const made = madeAdmin(account, madeKeys);
  return { limits: limits(made, contextOfExit(account, made)) };
}

/** Whether the element covers any resource of another account. */
function mayBeForeign(resource: PatternSet | undefined, accountId: string): boolean {
  if (resource === undefined || resource.negated) return true;
  return resource.patterns.some((pattern) => parseArn(pattern)?.accountId !== accountId);
}

const limits = (principal: Principal, context: Context): readonly SideLimit[] =>
  limitsOf(principal).flatMap(({ kind, name, policies }): readonly SideLimit[] => {
    if (policies === 'unreadable') return [{ kind, name, policies }];
    const about = settle(policies, context);
    return isOpen(about) ? [] : [{ kind, name, policies: about }];
  });

/** The request context of the principal for a role of another account; nothing is known of the role. */
function contextOfExit(account: Account, principal: Principal): Context {
  const own = requestContext(account, principal, ASSUME_ROLE);
  return (key) => (/^aws:resource|:resourcetag\//.test(key) ? { state: 'unknown', controlledBy: controllerOf(key) } : own(key));
}
