import type { AccountEdges, BlockingLevel } from '../edges.ts';
import type { CompiledPolicies } from './cross-account-assumption.ts';
import { blockedNode } from './graph.ts';

/** A role that RCPs keep a principal of another account from assuming, which its trust policy allows. */
export interface FencedRole {
  readonly home: AccountEdges;
  readonly levels: readonly BlockingLevel[];
}

/** Such roles, by ARN. */
export type FencedRoles = ReadonlyMap<string, FencedRole>;

type Limit = CompiledPolicies['limits'][number];

/** The name of the node for the role without the RCPs. */
export const fencedNode = (role: string): string => blockedNode(`role:${role}`);

/** Whether it is an RCP of which it is known what it says and where it is attached. */
export const isLiftable = ({ limit: { kind, target, policies } }: Limit): boolean =>
  kind === 'rcp' && target !== undefined && policies !== 'unreadable';

/** The trust side without the RCPs. */
export const withoutRcps = ({ policies, limits }: CompiledPolicies): CompiledPolicies => ({
  policies,
  limits: limits.filter((limit) => !isLiftable(limit)),
});

/** The role, with every RCP that denies some caller the assumption. */
export const fencedRole = ({ limits }: CompiledPolicies, home: AccountEdges): FencedRole => ({
  home,
  levels: limits.flatMap(({ limit: { kind, target }, policies }): readonly BlockingLevel[] => {
    if (kind !== 'rcp' || target === undefined) return [];
    const denying = policies.filter(({ policy }) => policy.statements.some(({ source }) => source.effect === 'Deny'));
    return denying.length === 0 ? [] : [{ kind, target, denying: denying.map(({ origin }) => origin) }];
  }),
});
