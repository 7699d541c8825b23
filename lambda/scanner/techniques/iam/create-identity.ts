import { type Account, type CompiledGroup, fullAccess, hasDeny } from '../../iam/account.ts';
import type { PermissionLimit, Principal } from '../../iam/principal.ts';
import { type AuthorizationResult, allOf, anyOf, granted } from '../../iam/authorization-result.ts';
import { can, canDoEverything } from '../../iam/authorization.ts';
import type { RequestKeys } from '../../iam/request-context.ts';
import { canOnSomeResource } from '../../iam/resource-candidates.ts';
import { aboutTagged, newTags } from '../../iam/target-tags.ts';
import { notForbidden } from '../../iam/trust-policy.ts';
import type { CompiledPolicy } from '../../policy/compile.ts';
import type { CreateIdentityTechnique } from '../technique.ts';
import { type ObtainableBoundary, isAdminPolicy, obtainableBoundaries, obtainablePolicies } from './obtainable-policies.ts';
import { newGroups } from './new-groups.ts';
import { canRestoreVersion, dormantVersions } from './policy-versions.ts';

type EffectsOn = Parameters<CreateIdentityTechnique['attempt']>[2];
type Word = 'User' | 'Role';

/** The request context for a new identity: it has the permissions boundary and the tags that its creator sets. */
const aboutNew =
  (policyArn: string | undefined, boundary: string | undefined): RequestKeys =>
  (key) => {
    if (key === 'iam:permissionsboundary') return boundary === undefined ? null : [boundary];
    if (key === 'iam:policyarn') return policyArn === undefined ? undefined : [policyArn];
    return /^(aws|iam):resourcetag\//.test(key) ? null : undefined;
  };

/** A way to give permissions to the new identity. */
interface Empowering {
  readonly action: string;
  readonly policyArn?: string;
  readonly policy: CompiledPolicy;
  readonly answer: () => AuthorizationResult;
}

const empowerings = (account: Account, principal: Principal, word: Word): readonly Empowering[] => [
  { action: `iam:Put${word}Policy`, policy: fullAccess.policy, answer: granted },
  ...obtainablePolicies(account, principal, 'iam:policyarn').map(({ arn, policy, answer }) => ({
    action: `iam:Attach${word}Policy`,
    policyArn: arn,
    policy,
    answer,
  })),
];

/** Whether the principal can create the identity, give it permissions that make it admin, and act as it with one of `entries`. */
function create(
  account: Account,
  principal: Principal,
  word: Word,
  entries: readonly (readonly string[])[],
  effectsOn: EffectsOn,
): AuthorizationResult {
  const tag = `iam:Tag${word}`;
  const made = (
    boundary: string | undefined,
    further: readonly string[],
    { action, policyArn }: Empowering,
  ): AuthorizationResult =>
    anyOf(
      newTags(principal).flatMap((tags) =>
        entries.map((entry) => () => {
          const actions = [`iam:Create${word}`, action, ...entry, ...further, ...(tags.size > 0 ? [tag] : [])];
          return canOnSomeResource(account, principal, actions, { keys: aboutTagged(tags, aboutNew(policyArn, boundary)) });
        }),
      ),
    );
  const isAdmin = (policy: CompiledPolicy, boundary?: PermissionLimit) => (): AuthorizationResult => {
    if (boundary === undefined && isAdminPolicy(policy)) return granted();
    const identity = newIdentity(account, principal, word, policy, boundary);
    const effect = effectsOn(identity).as(identity);
    return effect.kind === 'granted' ? granted([], effect.conditions) : effect;
  };
  const below = ({ arn, limit, answer }: ObtainableBoundary, by: Empowering): AuthorizationResult => {
    if (limit === undefined) return allOf(() => made(arn, [], by), answer, isAdmin(by.policy));
    return anyOf([
      () => allOf(() => made(arn, [`iam:Delete${word}PermissionsBoundary`], by), isAdmin(by.policy)),
      ...dormantVersions(account, arn).map(
        ({ policy }) =>
          () =>
            allOf(
              () => canRestoreVersion(account, principal, arn),
              () => made(arn, [], by),
              isAdmin(by.policy, { ...limit, policies: [{ policy, origin: arn }] }),
            ),
      ),
      () => allOf(() => made(arn, [], by), answer, isAdmin(by.policy, limit)),
    ]);
  };
  return anyOf(
    empowerings(account, principal, word).flatMap((by) => [
      () => allOf(() => made(undefined, [], by), by.answer, isAdmin(by.policy)),
      ...obtainableBoundaries(account, principal).map((boundary) => () => allOf(() => below(boundary, by), by.answer)),
    ]),
  );
}

/** The new identity, with this policy. */
function newIdentity(
  { partition, accountId }: Account,
  { scpLimits }: Principal,
  word: Word,
  policy: CompiledPolicy,
  boundary: PermissionLimit | undefined,
): Principal {
  const common = { name: 'any', id: 'any', path: '/', inlinePolicies: [], attachedPolicies: [], tags: new Map<string, string>() };
  const held = { policy, origin: 'new', held: 'inline', hasDeny: hasDeny(policy) } as const;
  const rest = { policies: [held], unreadable: [], groups: [], scpLimits, settableKeys: [], ...(boundary && { boundary }) };
  const arn = `arn:${partition}:iam::${accountId}:${word.toLowerCase()}/any`;
  const boundaryArn = boundary && { boundaryArn: boundary.name };
  return word === 'User'
    ? { kind: 'user', arn, identity: { ...common, arn, groups: [], ...boundaryArn }, ...rest }
    : { kind: 'role', arn, identity: { ...common, arn, trustPolicy: null, instanceProfiles: [], ...boundaryArn }, ...rest };
}

/** Whether a user with no other permissions is admin in the group. */
function makesAdmin(
  account: Account,
  { scpLimits }: Principal,
  { name, policies, unreadable }: Pick<CompiledGroup, 'name' | 'policies' | 'unreadable'>,
): AuthorizationResult {
  const arn = `arn:${account.partition}:iam::${account.accountId}:user/any`;
  const groups = [name];
  const identity = { name: 'any', id: '', arn, path: '/', inlinePolicies: [], attachedPolicies: [], groups, tags: new Map() };
  return canDoEverything(account, {
    kind: 'user',
    identity,
    arn,
    groups,
    policies,
    unreadable,
    scpLimits,
    settableKeys: [],
  });
}

const isAdminInNewGroup = (account: Account, principal: Principal, policy: CompiledPolicy): AuthorizationResult =>
  isAdminPolicy(policy)
    ? granted()
    : makesAdmin(account, principal, {
        name: 'any',
        policies: [{ policy, origin: 'new', held: 'attached', hasDeny: hasDeny(policy) }],
        unreadable: [],
      });

/** The techniques that become admin through a new identity. */
export const createIdentityTechniques: readonly CreateIdentityTechnique[] = [
  {
    id: 'create-admin-role',
    aliases: [],
    title: 'Create a role with administrator access that trusts the caller, and assume it',
    actions: ['iam:CreateRole', 'iam:AttachRolePolicy', 'iam:PutRolePolicy'],
    needs: ['iam:CreateRole'],
    // The trust policy of the new role names its creator, or a session of it, which can then assume it without further
    // permission.
    attempt: (account, principal, effectsOn) =>
      allOf(
        () => create(account, principal, 'Role', [[]], effectsOn),
        () =>
          notForbidden(
            account,
            principal,
            `arn:${account.partition}:iam::${account.accountId}:role/any`,
            false,
            aboutNew(undefined, undefined),
          ),
      ),
  },
  {
    id: 'create-admin-user',
    aliases: [],
    title: 'Create a user with administrator access, and credentials for it',
    actions: ['iam:CreateUser', 'iam:AttachUserPolicy', 'iam:PutUserPolicy', 'iam:CreateAccessKey', 'iam:CreateLoginProfile'],
    needs: ['iam:CreateUser'],
    attempt: (account, principal, effectsOn) =>
      create(account, principal, 'User', [['iam:CreateAccessKey'], ['iam:CreateLoginProfile']], effectsOn),
  },
  {
    id: 'create-user-in-admin-group',
    aliases: [],
    title: 'Create a user, add it to a group with administrator access, and create credentials for it',
    actions: ['iam:CreateUser', 'iam:AddUserToGroup', 'iam:CreateAccessKey', 'iam:CreateLoginProfile'],
    needs: ['iam:CreateUser', 'iam:AddUserToGroup'],
    attempt: (account, principal) =>
      allOf(
        () =>
          anyOf(
            ['iam:CreateAccessKey', 'iam:CreateLoginProfile'].map(
              (entry) => () =>
                canOnSomeResource(account, principal, ['iam:CreateUser', entry], { keys: aboutNew(undefined, undefined) }),
            ),
          ),
        () =>
          anyOf([
            ...[...account.groups.values()].map(
              (group) => () =>
                allOf(
                  () => can(account, principal, 'iam:AddUserToGroup', group.arn),
                  () => makesAdmin(account, principal, group),
                ),
            ),
            ...newGroups(account, principal).map(
              ({ policy, answer }) =>
                () =>
                  allOf(
                    () => answer,
                    () => isAdminInNewGroup(account, principal, policy),
                  ),
            ),
          ]),
      ),
  },
];
