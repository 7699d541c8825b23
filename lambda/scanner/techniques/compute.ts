import { type ComputeKind, computeKinds } from '../facts/compute.ts';
import { parseArn } from '../model/arn.ts';
import { derivedValues } from '../model/derived-values.ts';
import { getOrCreate } from '../model/get-or-create.ts';
import type { VerdictCondition } from '../model/verdict.ts';
import type { Account } from '../iam/account.ts';
import type { Principal, RolePrincipal } from '../iam/principal.ts';
import { type AuthorizationResult, allOf, anyOf, refused, conditional } from '../iam/authorization-result.ts';
import { type RequestKeys, noRequestKeys, passesNoRole, roleKeys } from '../iam/request-context.ts';
import { canOnSomeResource } from '../iam/resource-candidates.ts';
import type { ImpersonationTechnique } from './technique.ts';
import { existingComputeTechniques } from './existing/index.ts';
import { passRoleTechniques } from './pass-role-techniques.ts';
import type { ExistingComputeTechnique, PassRoleTechnique, UnlistedCompute } from './compute-technique.ts';
import { createPassRole } from './pass-role.ts';
import { hasSecondRole } from './second-role.ts';
import { whereTrusted } from './service-trust.ts';
import { canCallOnSource } from './source-arn.ts';
import { clusterOf, keysOfResource, namesRole, resourcesInside } from './request-keys.ts';

/** Whether the principal can put the role into a new instance profile. */
const makesProfile = (account: Account, principal: Principal): AuthorizationResult =>
  canOnSomeResource(account, principal, ['iam:CreateInstanceProfile', 'iam:AddRoleToInstanceProfile']);

const exists = (what: string, untold?: string): VerdictCondition => ({
  key: `exists:${what}`,
  controlledBy: 'environment',
  text: `${what} exists${untold === undefined ? '' : ` (some may not be listed: ${untold})`}`,
});

const inUse = (service: string): VerdictCondition => ({
  key: `in-use:${service}`,
  controlledBy: 'environment',
  text: `the account still uses ${service}, which is closed to new customers`,
});

/** The calls of a technique: actions, and the resources that they name. */
type Calls = Pick<PassRoleTechnique, 'actions' | 'resources'>;

const listed: ReadonlySet<string> = new Set(computeKinds);

const isListed = (compute: ComputeKind | UnlistedCompute): compute is ComputeKind => listed.has(compute);

/** Resources that were found, and how to describe one that was not; the kind, where an inventory can list it. */
interface ComputeTargets {
  readonly kind?: ComputeKind | undefined;
  readonly arns: readonly string[];
  readonly what: string;
}

/** How calls are made: the condition keys that they set, and their Region, where not every Region will do. */
interface CallOptions {
  readonly keys?: RequestKeys;
  readonly region?: string | undefined;
}

/** Whether the principal may make the calls on one of these resources, or on one that could not be listed. */
function canCommand(
  account: Account,
  principal: Principal,
  { actions, resources = {} }: Calls,
  { kind, arns, what }: ComputeTargets,
  { keys = passesNoRole, region }: CallOptions,
): AuthorizationResult {
  const { isComplete, reason } = account.compute;
  const unseen = () =>
    allOf(
      () => canOnSomeResource(account, principal, actions, { keys, resources, region }),
      () => conditional(exists(what, kind && reason(kind))),
    );
  const onResource = (arn: string) =>
    canOnSomeResource(account, principal, actions, {
      keys: (key) => keys(key) ?? keysOfResource(arn)(key),
      known: [arn, ...clusterOf(arn)],
      resources: { ...resources, ...resourcesInside(arn) },
    });
  const reachable = region === undefined ? arns : arns.filter((arn) => parseArn(arn)?.region === region);
  return anyOf([...reachable.map((arn) => () => onResource(arn)), ...(kind && isComplete(kind) ? [] : [unseen])]);
}

/** The compute to which the role is passed. A role that is used by default is not passed: it is that of the compute already. */
function targetsOf({ compute, partition, accountId }: Account, { existingKind, withoutPassRole = '*' }: PassRoleTechnique) {
  if (existingKind === undefined) return [];
  return withoutPassRole === '*'
    ? compute.all(existingKind)
    : compute.of(existingKind, `arn:${partition}:iam::${accountId}:role/${withoutPassRole}`);
}

const onExisting = derivedValues.table<Principal, Map<string, AuthorizationResult>>();

/** Whether the principal may make the calls of the technique, on what has to exist. */
function canCall(
  account: Account,
  principal: Principal,
  technique: PassRoleTechnique,
  { keys = noRequestKeys, region }: CallOptions = {},
): AuthorizationResult {
  const { id, actions, resources = {}, existing, existingKind } = technique;
  if (existing === undefined || existingKind === undefined)
    return canOnSomeResource(account, principal, actions, { keys, resources, region });
  const targets = { kind: existingKind, arns: targetsOf(account, technique), what: existing };
  const ask = () => canCommand(account, principal, technique, targets, { keys, region });
  if (keys !== noRequestKeys || region !== undefined) return ask();
  return getOrCreate(
    onExisting.getOrCreate(principal, () => new Map<string, AuthorizationResult>()),
    id,
    ask,
  );
}

/**
 * The same as {@link canCall}, where the call names the role, or an instance profile with it: one that exists, or a new one. Most policies
 * do not ask which role is passed, and then the answer is the same for every role.
 */
function canCallWith(
  account: Account,
  principal: Principal,
  technique: PassRoleTechnique,
  role: RolePrincipal,
  region: string | undefined,
) {
  const answer = canCall(account, principal, technique, { region });
  const asksForRole = answer.kind === 'granted' && answer.conditions.some(({ key }) => roleKeys.has(key));
  const callNaming = (profiles: readonly string[]) =>
    asksForRole ? canCall(account, principal, technique, { keys: namesRole(role, profiles), region }) : answer;
  const profiles = role.identity.instanceProfiles.map(({ arn }) => arn);
  const newProfile = role.arn.replace(/:role\/.*$/, ':instance-profile/*');
  if (technique.instanceProfile !== true) return callNaming([...profiles, newProfile]);
  return anyOf([
    () => (profiles.length > 0 ? callNaming(profiles) : refused()),
    () =>
      allOf(
        () => makesProfile(account, principal),
        () => callNaming([newProfile]),
      ),
  ]);
}

/** What the calls depend on that the snapshot does not tell. */
function whatElse({ existing, existingKind, besides, retired, service }: PassRoleTechnique): AuthorizationResult {
  const conditions = [
    ...(existing === undefined || existingKind !== undefined ? [] : [exists(existing)]),
    ...(besides === undefined ? [] : [exists(besides)]),
    ...(retired ? [inUse(service)] : []),
  ];
  return allOf(...conditions.map((condition) => () => conditional(condition)));
}

function passRoleTechnique(technique: PassRoleTechnique): ImpersonationTechnique {
  const { id, aliases, title, actions, service, existing, besides, retired } = technique;
  const { withoutPassRole: free } = technique;
  const isFree = ({ kind, identity: { name } }: Principal) => kind === 'role' && (free === '*' || free === name);
  const mayPass = createPassRole(service, actions);
  return {
    id,
    aliases,
    title,
    actions: free === undefined ? ['iam:PassRole', ...actions] : actions,
    service,
    candidates: (_account, index, target) => {
      if (free === undefined) return index.principalsAllowed('iam:PassRole', target.arn);
      return isFree(target) ? index.allPrincipals() : [];
    },
    isNeverCertain: (account) =>
      retired === true || besides !== undefined || (existing !== undefined && targetsOf(account, technique).length === 0),
    alone: (account, principal) => canCall(account, principal, technique),
    attempt: (account, principal, role) =>
      role.kind === 'user' || (free !== undefined && !isFree(role))
        ? refused()
        : whereTrusted(account, role, service, (region) =>
            allOf(
              () => (free === undefined ? mayPass(account, principal, role) : allOf()),
              () => canCallWith(account, principal, technique, role, region),
              () => canCallOnSource(account, principal, role, technique),
              () => hasSecondRole(account, principal, role, technique),
              () => whatElse(technique),
            ),
          ),
  };
}

/** The condition keys of calls that pass no role; the same function for nearly all, so that answers are shared. */
const keysOf = ({ keys }: ExistingComputeTechnique): RequestKeys =>
  keys === undefined ? passesNoRole : (key) => (key in keys ? { among: keys[key] ?? [] } : passesNoRole(key));

function existingComputeTechnique(technique: ExistingComputeTechnique): ImpersonationTechnique {
  const { id, aliases, title, actions, resources = {}, service, compute, existing, retired } = technique;
  const keys = keysOf(technique);
  const kind = isListed(compute) ? compute : undefined;
  const noun = kind === undefined ? compute : `a ${kind}`;
  const known = (account: Account) => (kind ? account.compute.all(kind) : []);
  const withRole = (account: Account, role: string) => (kind ? account.compute.of(kind, role) : []);
  return {
    id,
    aliases,
    title,
    actions,
    service,
    candidates: (_account, index) => index.allPrincipals(),
    isNeverCertain: (account, role) => existing !== undefined || withRole(account, role.arn).length === 0,
    // With known resources, the answer depends on which of them run with the role.
    alone: (account, principal) =>
      known(account).length > 0 ? allOf() : canOnSomeResource(account, principal, actions, { keys, resources }),
    attempt(account, principal, role) {
      if (role.kind === 'user') return refused();
      const arns = withRole(account, role.arn);
      const what = `${noun} with the role ${role.identity.name}`;
      return whereTrusted(account, role, service, (region) =>
        allOf(
          () => canCommand(account, principal, technique, { kind, arns, what }, { keys, region }),
          () => canCallOnSource(account, principal, role, technique),
          () => (existing === undefined ? allOf() : conditional(exists(existing))),
          () => (retired && arns.length === 0 ? conditional(inUse(service)) : allOf()),
        ),
      );
    },
  };
}

/** The act-as techniques that use a service which assumes the role. */
export const computeTechniques: readonly ImpersonationTechnique[] = [
  ...passRoleTechniques.map(passRoleTechnique),
  ...existingComputeTechniques.map(existingComputeTechnique),
];
