import type { Group, Identities, ManagedPolicy, Role, User } from '../facts/identity.ts';
import { type Place, arnIn, changeHolder, changeRole, changeUser, holderIn, isNamed } from './holders.ts';
import type { Declaration, IdentityDeclaration, ManagedPolicyDeclaration } from './planned-change.ts';

/** The identities with what is declared, created or changed. */
export function declare(identities: Identities, declaration: Declaration, place: Place): Identities {
  switch (declaration.kind) {
    case 'identity':
      return declareIdentity(identities, declaration, place);
    case 'managed-policy':
      return declarePolicy(identities, declaration, place);
    case 'inline-policy': {
      const { holder, name, document } = declaration;
      return changeHolder(identities, holder, ({ inlinePolicies }) => ({
        inlinePolicies: [...inlinePolicies.filter((one) => one.name !== name), { name, document }],
      }));
    }
    case 'attachment': {
      const { holder, policyArn: arn } = declaration;
      return changeHolder(identities, holder, ({ attachedPolicies }) => ({
        attachedPolicies: [
          ...attachedPolicies.filter((one) => one.arn !== arn),
          { name: arn.slice(arn.lastIndexOf('/') + 1), arn },
        ],
      }));
    }
    case 'membership':
      return changeUser(identities, declaration.user, ({ groups }) => ({ groups: [...new Set([...groups, declaration.group])] }));
    case 'instance-profile': {
      const { name, path, role } = declaration;
      const arn = arnIn(place, `instance-profile${path}${name}`);
      return changeRole(identities, role, ({ instanceProfiles }) => ({
        instanceProfiles: [...instanceProfiles.filter((one) => one.name !== name), { name, arn }],
      }));
    }
    case 'unread-policy':
      return changeHolder(identities, declaration.holder, ({ unreadPolicies = [] }) => ({
        unreadPolicies: [...unreadPolicies, declaration.source],
      }));
    case 'access-key':
      return identities;
  }
}

/** The identities without what was declared. */
export function remove(identities: Identities, declaration: Declaration, place: Place): Identities {
  switch (declaration.kind) {
    case 'identity':
      return removeIdentity(identities, declaration);
    case 'managed-policy':
      return removePolicy(identities, arnIn(place, `policy${declaration.path}${declaration.name}`));
    case 'inline-policy':
      return changeHolder(identities, declaration.holder, ({ inlinePolicies }) => ({
        inlinePolicies: inlinePolicies.filter(({ name }) => name !== declaration.name),
      }));
    case 'attachment':
      return changeHolder(identities, declaration.holder, ({ attachedPolicies }) => ({
        attachedPolicies: attachedPolicies.filter(({ arn }) => arn !== declaration.policyArn),
      }));
    case 'membership':
      return changeUser(identities, declaration.user, ({ groups }) => ({
        groups: groups.filter((name) => name !== declaration.group),
      }));
    case 'instance-profile':
      return changeRole(identities, declaration.role, ({ instanceProfiles }) => ({
        instanceProfiles: instanceProfiles.filter(({ name }) => name !== declaration.name),
      }));
    // What is not known cannot be found, and keys are not part of the identities.
    case 'unread-policy':
    case 'access-key':
      return identities;
  }
}

/** One that exists keeps its unique ID and its policies; the boundary and the trust policy are those that are declared. */
function declareIdentity(identities: Identities, declaration: IdentityDeclaration, place: Place): Identities {
  const { holder, path, boundaryArn, keepsTags, trustPolicy = null } = declaration;
  const found = holderIn(identities, holder);
  const arn = arnIn(place, `${holder.kind}${path}${found?.name ?? holder.name}`);
  const { boundaryArn: _, ...kept } = { boundaryArn: undefined, ...(found ?? newIdentity(holder.name, arn, place)) };
  const common = { ...kept, arn, path };
  const others = <T extends User | Group | Role>(list: readonly T[]) => list.filter((one) => !isNamed(holder.name)(one));
  if (holder.kind === 'group') return { ...identities, groups: [...others(identities.groups), common] };
  const oldTags = keepsTags && found !== undefined && 'tags' in found ? found.tags : [];
  const tags = new Map([...oldTags, ...declaration.tags]);
  const bounded = { ...common, tags, ...(boundaryArn === undefined ? {} : { boundaryArn }) };
  if (holder.kind === 'user') return { ...identities, users: [...others(identities.users), { groups: [], ...bounded }] };
  return { ...identities, roles: [...others(identities.roles), { instanceProfiles: [], ...bounded, trustPolicy }] };
}

/** The ARN stands for the unique ID that AWS will give it. */
const newIdentity = (name: string, arn: string, { createdAt }: Place) => ({
  ...{ name, id: arn, createdAt },
  ...{ inlinePolicies: [], attachedPolicies: [] },
});

function removeIdentity(identities: Identities, { holder: { kind, name } }: IdentityDeclaration): Identities {
  const isOther = (one: { readonly name: string }) => !isNamed(name)(one);
  if (kind === 'user') return { ...identities, users: identities.users.filter(isOther) };
  if (kind === 'role') return { ...identities, roles: identities.roles.filter(isOther) };
  const users = identities.users.map((user) => ({ ...user, groups: user.groups.filter((group) => isOther({ name: group })) }));
  return { ...identities, groups: identities.groups.filter(isOther), users };
}

/** The document becomes the default version; the earlier versions stay, as far as AWS keeps them. */
function declarePolicy(identities: Identities, { name, path, document }: ManagedPolicyDeclaration, place: Place): Identities {
  const arn = arnIn(place, `policy${path}${name}`);
  const found = identities.policies.find((policy) => policy.arn === arn);
  const earlier = (found?.versions ?? []).map((version) => ({ ...version, isDefault: false }));
  const policy: ManagedPolicy = {
    ...{ name, id: arn, path, attachmentCount: 0, boundaryUsageCount: 0, createdAt: place.createdAt, ...found, arn },
    versions: [{ id: PLANNED_VERSION, isDefault: true, document, createdAt: place.createdAt }, ...earlier],
  };
  return { ...identities, policies: [...identities.policies.filter((one) => one.arn !== arn), policy] };
}

const PLANNED_VERSION = 'planned';

/** AWS deletes no policy that is attached: it is detached first. */
function removePolicy(identities: Identities, arn: string): Identities {
  const detached = <T extends User | Group | Role>(holders: readonly T[]): readonly T[] =>
    holders.map((one) => ({ ...one, attachedPolicies: one.attachedPolicies.filter((policy) => policy.arn !== arn) }));
  return {
    ...identities,
    ...{ users: detached(identities.users), groups: detached(identities.groups), roles: detached(identities.roles) },
    policies: identities.policies.filter((policy) => policy.arn !== arn),
  };
}
