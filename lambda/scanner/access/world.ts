import { type ActionSet, members } from '../policy/vocabulary.ts';
import { type Account, vocabulary } from './account.ts';
import type { Principal } from './actor.ts';
import type { AuthorizationResult, Grant } from './answer.ts';
import { canDoEverything } from './authorize.ts';
import { actionSet, allowedActions, includesAll, mayAllowEverything } from './glance.ts';
import { type Loosened, loosen } from './guardrails.ts';
import { getOrCreate } from './allow-index.ts';
import { createOutcomes } from './outcome.ts';
import { createTechniqueFilter } from './rules/control.ts';
import type { ImpersonationTechnique, Technique, GrantEffect } from './rules/control-rule.ts';

/** An edge of the escalation graph: what is done by whom to whom (an ARN), and why it is possible. */
export interface Hop {
  readonly technique: Technique;
  readonly from: Principal;
  readonly to: string;
  readonly grant: Grant;
}

/** A node of the escalation graph: a principal as it is, or as it could first change itself by the edges in `before`. */
export interface Node {
  readonly base: Principal;
  readonly before: readonly Hop[];
  readonly certain: boolean;
}

/** The escalation graph. Its edges are found on demand; the nodes, the techniques and the first admins are given here. */
export interface World {
  readonly account: Account;
  readonly nodes: ReadonlyMap<Principal, Node>;
  /** The variants of each principal: as it is, and as it could change itself. */
  readonly selves: ReadonlyMap<Principal, readonly Principal[]>;
  /** The nodes whose policies allow all actions of the technique, on any resource at all. */
  readonly makers: (technique: Pick<Technique, 'actions' | 'needs'>) => readonly Principal[];
  readonly outcomes: (target: Principal) => GrantEffect;
  /** The act-as techniques that can apply to the target. */
  readonly techniquesFor: (target: Principal) => readonly ImpersonationTechnique[];
  /** Whether a principal is admin as it is; only for principals that pass the action prefilter. */
  readonly direct: ReadonlyMap<Principal, AuthorizationResult>;
}

/** Builds the escalation graph of an account. */
export function createWorld(account: Account): World {
  const nodes = new Map<Principal, Node>();
  const selves = new Map<Principal, readonly Principal[]>();
  for (const principal of account.principals) {
    nodes.set(principal, { base: principal, before: [], certain: true });
    const loosened = loosen(account, principal);
    for (const self of loosened) nodes.set(self.actor, { base: principal, ...asHops(principal, self) });
    selves.set(principal, [principal, ...loosened.map((self) => self.actor)]);
  }
  const direct = new Map(account.principals.filter(mayAllowEverything).map((principal) => [principal, canDoEverything(account, principal)]));
  return {
    account,
    nodes,
    selves,
    makers: indexMakers([...nodes.keys()]),
    outcomes: createOutcomes(account),
    techniquesFor: createTechniqueFilter(account),
    direct,
  };
}

/** Finds the principals for a technique through the action that the fewest of them have, once for each technique. */
function indexMakers(nodes: readonly Principal[]): World['makers'] {
  const holders = vocabulary.actions.map((): Holder[] => []);
  for (const principal of nodes) {
    const actions = allowedActions(principal.policies);
    for (const index of members(actions)) holders[index]?.push({ principal, actions });
  }
  const known = new Map<readonly string[], readonly Principal[]>();
  const find = (needs: readonly string[]): readonly Principal[] => {
    if (needs.length === 0) return nodes;
    const lists = needs.map((action) => holders[vocabulary.indexOf(action)] ?? []).sort((a, b) => a.length - b.length);
    const wanted = actionSet(needs);
    return (lists[0] ?? []).filter(({ actions }) => includesAll(actions, wanted)).map(({ principal }) => principal);
  };
  return ({ actions, needs = actions }) => getOrCreate(known, needs, () => find(needs));
}

interface Holder {
  readonly actor: Principal;
  readonly actions: ActionSet;
}

const asHops = (principal: Principal, { steps }: Loosened): Omit<Node, 'base'> => ({
  before: steps.map(({ technique, grant }) => ({ move: technique, from: principal, to: principal.arn, grant })),
  certain: steps.every(({ grant }) => grant.certain),
});
