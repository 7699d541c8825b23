import type { AuthorizationResult, Grant } from '../../iam/authorization-result.ts';
import { allowsAnyRole } from '../assume-role-policy.ts';
import type { AccountEdges, BlockedAdmin, BlockingLevel } from '../edges.ts';
import { type CompiledPolicies, compilePolicies } from './cross-account-assumption.ts';

/** The SCPs and RCPs over one account that block, where it is or where it is moved. */
export interface BlockedIn extends Pick<BlockedAdmin, 'levels' | 'movedBelow'> {
  readonly home: AccountEdges;
}

/** An assumption that both accounts allow, but for SCPs of the source and RCPs of the role. */
export interface BlockedAssumption {
  readonly role: string;
  readonly blockedIn: readonly BlockedIn[];
}

/** Such assumptions, by the names of their nodes. */
export type BlockedAssumptions = ReadonlyMap<string, BlockedAssumption>;

/** One side of an assumption that is allowed once these levels are open. */
export interface AllowedSide {
  readonly grant: Grant;
  readonly levels: readonly BlockingLevel[];
}

/** The assumption of the role by a principal of this account, where one side or both are blocked. */
export const blockedAssumption = (
  to: Pick<AllowedSide, 'levels'> & { readonly role: string; readonly account: AccountEdges },
  source: AccountEdges,
  trusted: AllowedSide,
): BlockedAssumption => ({
  role: to.role,
  blockedIn: [
    { home: source, levels: to.levels },
    { home: to.account, levels: trusted.levels },
  ].filter(({ levels }) => levels.length > 0),
});

type Ask = (side: CompiledPolicies) => AuthorizationResult;
type Limit = CompiledPolicies['limits'][number];

/** Whether a side is allowed, and what has to change before; undefined: it is not, or it is not known what has to change. */
export function allowedSide(side: CompiledPolicies, mayLift: boolean, ask: Ask): AllowedSide | undefined {
  const grant = ask(side);
  if (grant.kind === 'granted') return { grant, levels: [] };
  return mayLift && side.limits.some(isLiftable) ? blockedSide(side, ask) : undefined;
}

function blockedSide({ policies, limits }: CompiledPolicies, ask: Ask): AllowedSide | undefined {
  const grant = ask({ policies, limits: limits.filter((limit) => !isLiftable(limit)) });
  if (grant.kind === 'refused') return undefined;
  const refuses = (limit: Limit) => ask({ policies, limits: [limit] }).kind === 'refused';
  return {
    grant,
    levels: limits.filter((limit) => isLiftable(limit) && refuses(limit)).flatMap((limit) => levelOf(limit, refuses)),
  };
}

/** Whether it is an SCP or RCP of which it is known what it says and where it is attached. */
const isLiftable = ({ limit: { kind, target, policies } }: Limit): boolean =>
  kind !== 'permissions-boundary' && target !== undefined && policies !== 'unreadable';

const everyRole = compilePolicies([allowsAnyRole], []).policies;

/** What has to change at a level that refuses: each of the policies that deny it, and one of those that allow too little. */
function levelOf(limit: Limit, refuses: (limit: Limit) => boolean): readonly BlockingLevel[] {
  const { kind, target } = limit.limit;
  if (kind === 'permissions-boundary' || target === undefined) return [];
  const denying = limit.policies.filter((policy) => refuses({ ...limit, policies: [policy, ...everyRole] }));
  const allowsTooLittle = refuses({ ...limit, policies: limit.policies.filter((policy) => !denying.includes(policy)) });
  const originsOf = (policies: Limit['policies']) => policies.map(({ origin }) => origin).filter((origin) => !isOfAws(origin));
  return [{ kind, target, denying: originsOf(denying), ...(allowsTooLittle ? { allowing: originsOf(limit.policies) } : {}) }];
}

const isOfAws = (policy: string): boolean => policy.includes('::aws:policy/');
