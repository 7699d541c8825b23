import { derivedValues } from '../model/derived-values.ts';
import { getOrCreate } from '../model/get-or-create.ts';
import { decide } from '../policy/decide.ts';
import type { PolicyInForce } from '../policy/decision.ts';
import { commercialForm, regionOfService } from '../policy/service-principal.ts';
import type { Context } from '../policy/context.ts';
import { controllerOf } from '../policy/global-keys.ts';
import type { Account } from '../iam/account.ts';
import { type AuthorizationResult, allOf, anyOf } from '../iam/authorization-result.ts';
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

/** Where a service may assume a role: in a Region, or (undefined) in any that the trust policy does not name. */
type Place = string | undefined;

/** Whether the service may assume the role in a place. */
interface TrustInPlace {
  readonly region: Place;
  readonly answer: AuthorizationResult;
}

const trustAnswers = derivedValues.table<Account, Map<string, Map<Principal, readonly TrustInPlace[]>>>();

/** Where the trust policy of the role allows the service; the same for every principal. */
function placesOf(account: Account, role: RolePrincipal, service: string): readonly TrustInPlace[] {
  const known = trustAnswers.getOrCreate(account, () => new Map<string, Map<Principal, readonly TrustInPlace[]>>());
  const ofService = getOrCreate(known, service, () => new Map<Principal, readonly TrustInPlace[]>());
  return getOrCreate(ofService, role, () => askPlaces(account, role, service));
}

/** Whether the trust policy of the role allows the service somewhere; the same for every principal. */
export const trustsService = (account: Account, role: RolePrincipal, service: string): AuthorizationResult =>
  anyOf(
    placesOf(account, role, service).map(
      ({ answer }) =>
        () =>
          answer,
    ),
  );

/** Whether the trust policy of the role allows the service in a place where this is allowed too; undefined is any Region. */
export const whereTrusted = (
  account: Account,
  role: RolePrincipal,
  service: string,
  ask: (region: Place) => AuthorizationResult,
): AuthorizationResult =>
  anyOf(
    placesOf(account, role, service).map(
      ({ region, answer }) =>
        () =>
          allOf(
            () => answer,
            () => ask(region),
          ),
    ),
  );

function askPlaces(account: Account, role: RolePrincipal, service: string): readonly TrustInPlace[] {
  const trust = trustPolicy(account, role);
  if (trust === undefined) return [];
  const named = trust.policy.statements.flatMap(({ source: { principal } }) => principal?.entries ?? []);
  const regions = named.flatMap(({ type, value }) =>
    type !== 'AWS' && commercialForm(value) === service ? (regionOfService(value) ?? []) : [],
  );
  return [undefined, ...new Set(regions)].map((region) => ({ region, answer: askTrust(account, role, trust, service, region) }));
}

/**
 * In a Region, the service has the name with that Region besides its own.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalservicenameslist
 */
function askTrust(account: Account, role: RolePrincipal, trust: PolicyInForce, service: string, place: Place) {
  const context = serviceContext(account);
  const isName = (value: string) => {
    const region = regionOfService(value);
    return commercialForm(value) === service && (region === undefined || region === place);
  };
  const allows = (action: string): AuthorizationResult => {
    const decision = decide([trust], { action, resource: role.arn, context }, ({ source: { principal } }) => {
      const isNamed = principal?.entries.some(({ type, value }) => type !== 'AWS' && isName(value)) ?? false;
      return principal?.negated ? !isNamed : isNamed;
    });
    const answer = resultOf(decision, () => ({ kind: 'trust', text: `The trust policy of ${role.arn} denies ${service}` }));
    return answer.kind === 'granted' ? { ...answer, statements: [] } : answer;
  };
  return anyOf(waysOf(service).map((actions) => () => allOf(...actions.map((action) => () => allows(action)))));
}
