import { derivedValues } from '../model/derived-values.ts';
import { getOrCreate } from '../model/get-or-create.ts';
import { decide } from '../policy/decide.ts';
import { commercialForm } from '../policy/service-principal.ts';
import type { Context } from '../policy/context.ts';
import { controllerOf } from '../policy/global-keys.ts';
import type { Account } from '../iam/account.ts';
import { type AuthorizationResult, allOf, anyOf, refused } from '../iam/authorization-result.ts';
import { resultOf } from '../iam/authorization.ts';
import type { Principal, RolePrincipal } from '../iam/principal.ts';
import { ASSUME_ROLE, consentActions, trustPolicy } from '../iam/trust-policy.ts';

/**
 * The actions with which a service assumes a role: its own, or for Cognito that of a federated identity. IAM Roles Anywhere needs more
 * than one.
 * https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
 */
const waysOf = (service: string): readonly (readonly string[])[] =>
  service === 'rolesanywhere.amazonaws.com'
    ? [[ASSUME_ROLE, ...consentActions]]
    : [[ASSUME_ROLE], ['sts:AssumeRoleWithWebIdentity']];

/** The context of the request of a service that assumes a role: for this account, on a resource that the caller names. */
const serviceContext =
  ({ accountId }: Account): Context =>
  (key) => {
    if (key === 'aws:sourceaccount' || key === 'aws:principalaccount') return { state: 'present', values: [accountId] };
    if (key === 'aws:sourcearn') return { state: 'unknown', controlledBy: 'caller' };
    if (key === 'aws:principalisawsservice') return { state: 'present', values: ['true'] };
    return { state: 'unknown', controlledBy: controllerOf(key) };
  };

const trustAnswers = derivedValues.table<Account, Map<string, Map<Principal, AuthorizationResult>>>();

/** Whether the trust policy of the role allows the service; the same for every principal. */
export function trustsService(account: Account, role: RolePrincipal, service: string): AuthorizationResult {
  const known = trustAnswers.getOrCreate(account, () => new Map<string, Map<Principal, AuthorizationResult>>());
  const ofService = getOrCreate(known, service, () => new Map<Principal, AuthorizationResult>());
  return getOrCreate(ofService, role, () => askTrust(account, role, service));
}

function askTrust(account: Account, role: RolePrincipal, service: string): AuthorizationResult {
  const trust = trustPolicy(account, role);
  if (trust === undefined) return refused();
  const context = serviceContext(account);
  const allows = (action: string): AuthorizationResult => {
    const decision = decide([trust], { action, resource: role.arn, context }, ({ source: { principal } }) => {
      const isNamed = principal?.entries.some(({ type, value }) => type !== 'AWS' && commercialForm(value) === service) ?? false;
      return principal?.negated ? !isNamed : isNamed;
    });
    const answer = resultOf(decision, () => ({ kind: 'trust', text: `The trust policy of ${role.arn} denies ${service}` }));
    return answer.kind === 'granted' ? { ...answer, statements: [] } : answer;
  };
  return anyOf(waysOf(service).map((actions) => () => allOf(...actions.map((action) => () => allows(action)))));
}
