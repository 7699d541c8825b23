import type { Account } from '../iam/account.ts';
import { type AuthorizationResult, anyOf, granted, refused } from '../iam/authorization-result.ts';
import type { Principal, RolePrincipal } from '../iam/principal.ts';
import { canOnSomeResource, namedLike } from '../iam/resource-candidates.ts';
import type { PassRoleTechnique } from './compute-technique.ts';
import { sourceArnsFor } from './service-trust.ts';

/**
 * What an action creates with an id of AWS: a trust policy that names such a resource by its id does not name a new one.
 * https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
 */
const namedByAws: Readonly<Record<string, RegExp>> = {
  'rolesanywhere:CreateTrustAnchor': /^[^:]*:[^:]*:rolesanywhere:[^:]*:[^:]*:trust-anchor\/[^*?]*$/,
};

/**
 * Whether the calls of the technique can be made on a resource for which the role trusts the service. Where the action table does not
 * tell that the calls are on such a resource, the answer is yes.
 */
export function canCallOnSource(
  account: Account,
  principal: Principal,
  role: RolePrincipal,
  technique: Pick<PassRoleTechnique, 'actions' | 'resources' | 'service'>,
): AuthorizationResult {
  const sources = sourceArnsFor(account, role, technique.service);
  return sources === undefined
    ? granted()
    : anyOf(sources.map((source) => () => canCallOn(account, principal, technique, source)));
}

function canCallOn(
  account: Account,
  principal: Principal,
  { actions, resources = {} }: Pick<PassRoleTechnique, 'actions' | 'resources'>,
  source: string,
): AuthorizationResult {
  if (actions.some((action) => namedByAws[action]?.test(source))) return refused();
  const narrowed = actions.flatMap((action) => {
    const named = namedLike(account, action, calledResource(source), resources[action]);
    return named === undefined ? [] : [[action, named] as const];
  });
  if (narrowed.length === 0) return granted();
  return canOnSomeResource(account, principal, actions, { resources: { ...resources, ...Object.fromEntries(narrowed) } });
}

/**
 * EventBridge Scheduler acts for the group of a schedule.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
 */
const calledResource = (source: string): string => source.replace(/:schedule-group\/(.*)$/, ':schedule/$1/*');
