import { getOrCreate } from '../model/get-or-create.ts';
import { type ActionSet, members } from '../policy/vocabulary.ts';
import { type Account, vocabulary } from '../iam/account.ts';
import type { Principal } from '../iam/principal.ts';
import type { AuthorizationResult, Grant } from '../iam/authorization-result.ts';
import { canDoEverything } from '../iam/authorization.ts';
import { allowedActions, includesAll, mayAllowEverything, setOf } from '../iam/action-prefilter.ts';
import { type MadeChange, type PrincipalVariant, type SelfChanges, changeItself } from './self-escalation.ts';
import { taggedSessions } from './tagged-sessions.ts';
import { createGrantEffects } from './effect-of-grant.ts';
import { createTechniqueFilter } from '../techniques/impersonation.ts';
import type { ImpersonationTechnique, Technique, GrantEffect } from '../techniques/technique.ts';

/** An edge of the escalation graph: what is done by whom to whom (an ARN), and why it is possible. */
export interface Edge {
  readonly technique: Technique;
  readonly from: Principal;
  readonly to: string;
  readonly grant: Grant;
}

/** A node of the escalation graph: a principal as it is, or as it could first change itself by the preconditions. */
export interface Node {
  readonly principal: Principal;
  readonly preconditions: readonly MadeChange[];
  readonly certain: boolean;
}

/** The escalation graph. Its edges are found on demand; the nodes, the techniques and the first admins are given here. */
export interface EscalationGraph {
  readonly account: Account;
  readonly nodes: ReadonlyMap<Principal, Node>;
  /** The variants of each principal: as it is, and as it could change itself. */
  readonly variants: ReadonlyMap<Principal, readonly Principal[]>;
  /** The principals that could change themselves in more ways than were tried. */
  readonly unfinished: ReadonlySet<Principal>;
  /** The nodes whose policies allow all actions of the technique, on any resource at all. */
  readonly principalsAllowed: (technique: Pick<Technique, 'actions' | 'needs'>) => readonly Principal[];
  readonly effectsOn: (target: Principal) => GrantEffect;
  /** The act-as techniques that can apply to the target. */
  readonly techniquesFor: (target: Principal) => readonly ImpersonationTechnique[];
  /** Whether a principal is admin as it is; only for principals that pass the action prefilter. */
  readonly directAdmins: ReadonlyMap<Principal, AuthorizationResult>;
}

/** Builds the escalation graph of an account. */
export function createGraph(account: Account): EscalationGraph {
  const nodes = new Map<Principal, Node>();
  const variants = new Map<Principal, readonly Principal[]>();
  const unfinished = new Set<Principal>();
  const sessions = new Map(taggedSessions(account).map(({ session, technique }) => [session as Principal, technique]));
  const principals = [...account.principals, ...sessions.keys()];
  const directAdmins = new Map(
    principals.filter(mayAllowEverything).map((principal) => [principal, canDoEverything(account, principal)]),
  );
  const isAdmin = (principal: Principal): boolean => {
    const answer = directAdmins.get(principal);
    return answer?.kind === 'granted' && answer.certain;
  };
  for (const principal of principals) {
    const { variants: changed, isUnfinished } = isAdmin(principal) ? noChanges : changeItself(account, principal);
    if (isUnfinished) unfinished.add(principal);
    nodes.set(principal, { principal, preconditions: [], certain: true });
    for (const variant of changed) nodes.set(variant.principal, nodeOf(principal, variant));
    variants.set(principal, [principal, ...changed.map((variant) => variant.principal)]);
  }
  const techniques = createTechniqueFilter(account);
  return {
    account,
    nodes,
    variants,
    unfinished,
    principalsAllowed: indexPrincipalsAllowed([...nodes.keys()]),
    effectsOn: createGrantEffects(account),
    techniquesFor: (target) => {
      const technique = sessions.get(target);
      return technique === undefined ? techniques(target) : [technique];
    },
    directAdmins,
  };
}

const noChanges: SelfChanges = { variants: [], isUnfinished: false };

/** Finds the principals for a technique through the action that the fewest of them have, once for each technique. */
function indexPrincipalsAllowed(nodes: readonly Principal[]): EscalationGraph['principalsAllowed'] {
  const holders = vocabulary.actions.map((): Holder[] => []);
  for (const principal of nodes) {
    const actions = allowedActions(principal.policies);
    for (const index of members(actions)) holders[index]?.push({ principal, actions });
  }
  const known = new Map<readonly string[], readonly Principal[]>();
  const find = (needs: readonly string[]): readonly Principal[] => {
    if (needs.length === 0) return nodes;
    const lists = needs.map((action) => holders[vocabulary.indexOf(action)] ?? []).sort((a, b) => a.length - b.length);
    const [fewest = []] = lists;
    if (fewest.length === 0) return [];
    const wanted = setOf(needs);
    return fewest.filter(({ actions }) => includesAll(actions, wanted)).map(({ principal }) => principal);
  };
  return ({ actions, needs = actions }) => getOrCreate(known, needs, () => find(needs));
}

interface Holder {
  readonly principal: Principal;
  readonly actions: ActionSet;
}

const nodeOf = (principal: Principal, { steps }: PrincipalVariant): Node => ({
  principal,
  preconditions: steps,
  certain: steps.every(({ grant }) => grant.certain),
});
