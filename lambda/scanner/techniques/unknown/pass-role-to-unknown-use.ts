import { derivedValues } from '../../model/derived-values.ts';
import { getOrCreate } from '../../model/get-or-create.ts';
import type { Account } from '../../iam/account.ts';
import { type AuthorizationResult, allOf, anyOf, conditional, refused } from '../../iam/authorization-result.ts';
import { can } from '../../iam/authorization.ts';
import type { Principal, RolePrincipal } from '../../iam/principal.ts';
import { canOnSomeResource } from '../../iam/resource-candidates.ts';
import { narrowGlob } from '../../policy/glob.ts';
import type { CompiledPolicy } from '../../policy/compile.ts';
import { commercialForm } from '../../policy/service-principal.ts';
import { passRoleKeys } from '../request-keys.ts';
import { trustsService } from '../service-trust.ts';
import type { ImpersonationTechnique } from '../technique.ts';
import { isUnknownService, prefixOf } from './known-services.ts';
import { notJudged } from './not-judged.ts';

/** A service that gets the role, and the actions by which it might: those that are not judged, or all of an unknown service. */
interface UnknownUse {
  readonly service: string;
  readonly actions: readonly string[] | 'any';
}

const usesByRole = derivedValues.table<RolePrincipal, readonly UnknownUse[]>();

/** The services in the trust policy of the role of which something is not known. */
const unknownUses = (account: Account, role: RolePrincipal): readonly UnknownUse[] =>
  usesByRole.getOrCreate(role, () => {
    const entries = (account.trusts.get(role.arn)?.statements ?? []).flatMap(({ source }) => source.principal?.entries ?? []);
    const services = entries.flatMap(({ type, value }) => (type === 'Service' ? [commercialForm(value)] : []));
    return [...new Set(services)].flatMap((service): readonly UnknownUse[] => {
      const actions = notJudged[service];
      if (actions !== undefined) return [{ service, actions }];
      return isUnknownService(service) ? [{ service, actions: 'any' }] : [];
    });
  });

const reads = /:(?:batchget|describe|get|list)/;

/** Names for the actions of a service that the policies of the principal allow, other than those that only read. */
const allowedActionsOf = ({ policies }: Principal, prefix: string): readonly string[] => {
  const patterns = policies
    .flatMap(({ policy }) => policy.statements)
    .filter(({ source }) => source.effect === 'Allow')
    .flatMap(({ source: { action } }) => (action.negated ? ['*'] : action.patterns));
  const found = patterns.flatMap((pattern) => narrowGlob(pattern.toLowerCase(), `${prefix}:*`) ?? []);
  return [...new Set(found)].filter((pattern) => !reads.test(pattern)).map((pattern) => pattern.replace(/[*?]/g, 'x'));
};

/** The actions are in no table, so any resource of the service in the account will do, or none. */
const mayDo = (account: Account, principal: Principal, action: string): AuthorizationResult => {
  const prefix = action.slice(0, action.indexOf(':'));
  const resources = { [action]: [['*', `arn:{partition}:${prefix}:*:{account}:*`]] };
  return canOnSomeResource(account, principal, [action], { resources });
};

const namedByPolicy = derivedValues.table<CompiledPolicy, Map<string, boolean>>();

/** Prefilter: whether an Allow statement of the policy might name the action, by the beginnings of its patterns alone. */
const mightAllow = (policy: CompiledPolicy, action: string): boolean =>
  getOrCreate(
    namedByPolicy.getOrCreate(policy, () => new Map<string, boolean>()),
    action,
    () =>
      policy.statements.some(
        ({ source: { effect, action: named } }) =>
          effect === 'Allow' && (named.negated || named.patterns.some((pattern) => beginsLike(action, pattern))),
      ),
  );

const beginsLike = (action: string, pattern: string): boolean =>
  action.toLowerCase().startsWith((/^[^*?]*/.exec(pattern)?.[0] ?? '').toLowerCase());

/** An action that the principal may do, and on which conditions. */
interface Possible {
  readonly action: string;
  readonly answer: AuthorizationResult;
}

const possibleByPrincipal = derivedValues.table<Principal, Map<string, readonly Possible[]>>();

/** The actions of the use that the principal may do; the same for every role, and none for nearly all principals. */
const possible = (account: Account, principal: Principal, { service, actions }: UnknownUse): readonly Possible[] =>
  getOrCreate(
    possibleByPrincipal.getOrCreate(principal, () => new Map<string, readonly Possible[]>()),
    service,
    () =>
      (actions === 'any' ? allowedActionsOf(principal, prefixOf(service)) : actions)
        .filter((action) => principal.policies.some(({ policy }) => mightAllow(policy, action)))
        .map((action) => ({ action, answer: mayDo(account, principal, action) }))
        .filter(({ answer }) => answer.kind === 'granted'),
  );

function attemptUse(account: Account, principal: Principal, role: RolePrincipal, use: UnknownUse): AuthorizationResult {
  const { service, actions } = use;
  const found = possible(account, principal, use);
  if (found.length === 0) return refused();
  return allOf(
    () => trustsService(account, role, service),
    () => can(account, principal, 'iam:PassRole', role.arn, passRoleKeys(service, [])(account)),
    () =>
      anyOf(
        found.map(
          ({ action, answer }) =>
            () =>
              allOf(
                () => answer,
                () => conditional(unknownCondition(role, service, actions === 'any' ? undefined : action)),
              ),
        ),
      ),
  );
}

const unknownCondition = ({ identity: { name } }: RolePrincipal, service: string, action: string | undefined) => ({
  key: `unknown-use:${action ?? service}`,
  controlledBy: 'environment' as const,
  text: `it may pass ${name} to ${service}${action === undefined ? '' : ` by ${action}`}, which iam-vigil does not know`,
});

/**
 * The technique for what the other techniques do not know: a service that is newer than they are, and actions that are not judged.
 * Its paths are always conditional.
 */
export const unknownUseTechniques: readonly ImpersonationTechnique[] = [
  {
    id: 'pass-role-to-unknown-use',
    aliases: [],
    title: 'Pass the role to a service, or by an action, that iam-vigil does not know',
    actions: ['iam:PassRole'],
    candidates: (account, index, target) =>
      target.kind === 'role' && unknownUses(account, target).length > 0
        ? index.principalsAllowed('iam:PassRole', target.arn)
        : [],
    isNeverCertain: () => true,
    attempt: (account, principal, target) =>
      target.kind === 'user'
        ? refused()
        : anyOf(unknownUses(account, target).map((use) => () => attemptUse(account, principal, target, use))),
  },
];
