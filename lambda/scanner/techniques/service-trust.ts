import { derivedValues } from '../model/derived-values.ts';
import { getOrCreate } from '../model/get-or-create.ts';
import { decide } from '../policy/decide.ts';
import type { PolicyInForce } from '../policy/decision.ts';
import { compileGlob, intersectGlobs } from '../policy/glob.ts';
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

/** The context of the request of a service that assumes a role: for this account, on one of these resources. */
const serviceContext =
  ({ accountId }: Account, sourceArns: readonly string[]): Context =>
  (key) => {
    if (key === 'aws:sourceaccount' || key === 'aws:principalaccount') return { state: 'present', values: [accountId] };
    if (key === 'aws:sourcearn') return { state: 'unknown', controlledBy: 'caller', among: sourceArns };
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
  return getOrCreate(ofService, role, () => askPlaces(account, role, service, sourcesOf(account, role)));
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

/** A resource of the account that no policy names. */
const anyResource = ({ partition, accountId }: Account): string => `arn:${partition}:any:any:${accountId}:any`;

interface SourceArn {
  /** As the trust policy has it, with wildcards. */
  readonly pattern: string;
  /** A resource of the account that it matches. */
  readonly example: string;
}

/** The resources of the account that conditions of the trust policy name by `aws:SourceArn`. */
const sourceArnsIn = (account: Account, role: RolePrincipal): readonly SourceArn[] =>
  (trustPolicy(account, role)?.policy.statements ?? [])
    .flatMap(({ source }) => source.conditions)
    .flatMap(({ key, values }) => (key.toLowerCase() === 'aws:sourcearn' ? values : []))
    .flatMap((pattern) => {
      const example = ownResource(account, pattern);
      return example === undefined ? [] : { pattern, example };
    });

/** A resource of the account that the pattern matches, where there is one. The ARNs of some resources name no account. */
function ownResource({ partition, accountId }: Account, pattern: string): string | undefined {
  const [arn, inPartition, service, region, owner, ...resource] = pattern.split(':');
  const isWhole = resource.length > 0;
  if (isWhole && owner && !compileGlob(owner).matches(accountId)) return undefined;
  const own = isWhole
    ? [arn, inPartition, service, region, owner && accountId, ...resource].join(':')
    : intersectGlobs(pattern, `arn:${partition}:*:*:${accountId}:*`);
  return own?.replaceAll('*', 'any').replaceAll('?', 'x');
}

/** Resources that stand for all, as far as the trust policy tells them apart. */
const sourcesOf = (account: Account, role: RolePrincipal): readonly string[] => [
  anyResource(account),
  ...sourceArnsIn(account, role).map(({ example }) => example),
];

const demandedSources = derivedValues.table<Account, Map<string, readonly string[] | undefined>>();

/**
 * The patterns of which `aws:SourceArn` must match one, so that the trust policy allows the service; undefined where any resource of the
 * account will do, or where it is not known.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html#cross-service-confused-deputy-prevention
 */
export function sourceArnsFor(account: Account, role: RolePrincipal, service: string): readonly string[] | undefined {
  const known = demandedSources.getOrCreate(account, () => new Map<string, readonly string[] | undefined>());
  return getOrCreate(known, `${service} ${role.arn}`, () => {
    const named = sourceArnsIn(account, role);
    const allows = (example: string) =>
      askPlaces(account, role, service, [example]).some(({ answer }) => answer.kind === 'granted');
    if (named.length === 0 || named.some(({ pattern }) => pattern.includes('${')) || allows(anyResource(account)))
      return undefined;
    return named.flatMap(({ pattern, example }) => (allows(example) ? pattern : []));
  });
}

function askPlaces(
  account: Account,
  role: RolePrincipal,
  service: string,
  sourceArns: readonly string[],
): readonly TrustInPlace[] {
  const trust = trustPolicy(account, role);
  if (trust === undefined) return [];
  const named = trust.policy.statements.flatMap(({ source: { principal } }) => principal?.entries ?? []);
  const regions = named.flatMap(({ type, value }) =>
    type !== 'AWS' && commercialForm(value) === service ? (regionOfService(value) ?? []) : [],
  );
  const context = serviceContext(account, sourceArns);
  return [undefined, ...new Set(regions)].map((region) => ({
    region,
    answer: askTrust(role, trust, context, { service, region }),
  }));
}

/**
 * In a Region, the service has the name with that Region besides its own.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalservicenameslist
 */
function askTrust(
  role: RolePrincipal,
  trust: PolicyInForce,
  context: Context,
  { service, region: place }: { readonly service: string; readonly region: Place },
): AuthorizationResult {
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
