import type { Identities } from '../facts/identity.ts';
import { type VerdictWithReach, isAdminSomewhere } from '../model/reach.ts';
import type { StatementReference } from '../model/verdict.ts';
import type { FoundIdentity } from './find-identities.ts';

/** A user or role that has a policy, or is in a group. */
export interface Holder {
  readonly principal: VerdictWithReach;
  /** The group through which a user has the policy; absent: directly. */
  readonly group?: string;
  /** Whether a statement of it is on the path of the principal to admin. */
  readonly isOnPath: boolean;
}

/** Who has a policy or is in a group, and what that leads to. */
export interface HoldersExplanation {
  readonly kind: 'group' | 'policy';
  readonly arn: string;
  /** For a group: the managed policies by ARN, and the inline policies by name. */
  readonly policies: readonly string[];
  /** The groups that have the policy. */
  readonly groups: readonly string[];
  /** The users and roles whose permissions boundary it is. */
  readonly boundaryOf: readonly string[];
  readonly holders: readonly Holder[];
}

/**
 * Explains a group or a managed policy by the verdicts of those who have it; those whom it leads to admin come first. An AWS managed
 * policy has holders in several accounts.
 */
export function explainHolders(
  identity: FoundIdentity,
  accounts: readonly Identities[],
  verdicts: readonly VerdictWithReach[],
): HoldersExplanation {
  const kind = identity.kind === 'group' ? 'group' : 'policy';
  const byArn = new Map(verdicts.map((verdict) => [verdict.arn, verdict]));
  const parts = accounts.map((identities) =>
    kind === 'group' ? membersOf(identity, identities) : havingPolicy(identity.arn, identities),
  );
  const holders = parts.flatMap((part) =>
    part.holders.flatMap(({ arn, group }): readonly Holder[] => {
      const principal = byArn.get(arn);
      if (principal === undefined) return [];
      return [{ principal, ...(group === undefined ? {} : { group }), isOnPath: isOnPathOf(principal, identity) }];
    }),
  );
  return {
    ...{ kind, arn: identity.arn },
    policies: parts.flatMap(({ policies }) => policies),
    groups: parts.flatMap(({ groups }) => groups),
    boundaryOf: parts.flatMap(({ boundaryOf }) => boundaryOf),
    holders: holders.toSorted((a, b) => rank(a) - rank(b)),
  };
}

/** What one account knows of it. */
interface Held extends Pick<HoldersExplanation, 'policies' | 'groups' | 'boundaryOf'> {
  readonly holders: readonly { readonly arn: string; readonly group?: string }[];
}

function membersOf({ arn, name }: FoundIdentity, { users, groups }: Identities): Held {
  const group = groups.find((one) => one.arn === arn);
  if (group === undefined) return { policies: [], groups: [], boundaryOf: [], holders: [] };
  return {
    policies: [...group.attachedPolicies.map((policy) => policy.arn), ...group.inlinePolicies.map((policy) => policy.name)],
    groups: [],
    boundaryOf: [],
    holders: users.filter((user) => user.groups.includes(name)),
  };
}

function havingPolicy(arn: string, { users, groups, roles }: Identities): Held {
  const isAttached = ({ attachedPolicies }: { readonly attachedPolicies: readonly { readonly arn: string }[] }) =>
    attachedPolicies.some((policy) => policy.arn === arn);
  const having = groups.filter(isAttached).map(({ name }) => name);
  const usersHaving = users.flatMap((user): Held['holders'] => {
    if (isAttached(user)) return [{ arn: user.arn }];
    const group = having.find((one) => user.groups.includes(one));
    return group === undefined ? [] : [{ arn: user.arn, group }];
  });
  return {
    policies: [],
    groups: having,
    boundaryOf: [...users, ...roles].filter(({ boundaryArn }) => boundaryArn === arn).map((one) => one.arn),
    holders: [...usersHaving, ...roles.filter(isAttached).map((role) => ({ arn: role.arn }))],
  };
}

/** Whether a statement of it is among those that allow a step of the principal. */
function isOnPathOf({ arn, path, reach = [] }: VerdictWithReach, identity: FoundIdentity): boolean {
  const isOfIt = ({ policy, group }: StatementReference) =>
    identity.kind === 'group' ? group === identity.name : policy === identity.arn;
  return [path, ...reach.map((entry) => entry.path)].some((steps) =>
    steps.some(({ from, statements }) => from === arn && statements.some(isOfIt)),
  );
}

const rank = ({ isOnPath, principal }: Holder): number => (isOnPath ? 0 : isAdminSomewhere(principal) ? 1 : 2);
