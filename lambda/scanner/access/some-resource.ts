import { compileGlob, intersectGlobs } from '../policy/glob.ts';
import { type Account, vocabulary } from './account.ts';
import { actionTable } from './actions.ts';
import type { Actor } from './actor.ts';
import { type Answer, all, any } from './answer.ts';
import { can } from './authorize.ts';
import { type RequestKeys, plain } from './context.ts';

const NO_RESOURCE = '*';
const MOST_CANDIDATES = 20;

/**
 * Whether the actor may do all the actions on resources of its choice: a function that it names itself, a stack in a Region that it
 * picks. Actions on one type of resource must be allowed on the same one. What is `known` (an existing function, say) is taken
 * wherever an action takes a resource of that form.
 */
export function canSomewhere(
  account: Account,
  actor: Actor,
  actions: readonly string[],
  keys: RequestKeys = plain,
  known: readonly string[] = [],
): Answer {
  const demands = demandsOf(account, actions);
  return all(...demands.map((demand) => () => meets(account, actor, demand, keys, known)));
}

/** Actions that must be allowed on one and the same resource of one of these forms. */
interface Demand {
  readonly actions: readonly string[];
  /** Patterns of ARNs, or `*` for a request without a resource. */
  readonly templates: readonly string[];
}

/** Each required type of resource is a demand of its own; of optional types any one will do, or none. */
function demandsOf(account: Account, actions: readonly string[]): readonly Demand[] {
  const byTemplates = new Map<string, { actions: string[]; templates: readonly string[] }>();
  for (const action of actions)
    for (const templates of templateSets(account, action)) {
      const key = templates.join(' ');
      const demand = byTemplates.get(key);
      if (demand) demand.actions.push(action);
      else byTemplates.set(key, { actions: [action], templates });
    }
  return [...byTemplates.values()];
}

function templateSets({ partition, accountId }: Account, action: string): readonly (readonly string[])[] {
  const { required = [], optional = [] } = actionTable[action] ?? {};
  const fill = (template: string) => template.replace('{partition}', partition).replace('{account}', accountId);
  return required.length > 0 ? required.map((template) => [fill(template)]) : [[...optional.map(fill), NO_RESOURCE]];
}

function meets(
  account: Account,
  actor: Actor,
  { actions, templates }: Demand,
  keys: RequestKeys,
  known: readonly string[],
): Answer {
  const existing = known.filter((arn) =>
    templates.some((template) => template !== NO_RESOURCE && compileGlob(template).matches(arn)),
  );
  const candidates = existing.length > 0 ? existing : templates.flatMap((template) => resourcesLike(actor, actions, template));
  return any(
    candidates
      .slice(0, MOST_CANDIDATES)
      .map((resource) => () => all(...actions.map((action) => () => can(account, actor, action, resource, keys)))),
  );
}

/** Concrete resources of the form that the actor's own Allow statements lead to. */
function resourcesLike(actor: Actor, actions: readonly string[], template: string): readonly string[] {
  if (template === NO_RESOURCE) return [NO_RESOURCE];
  const [action = ''] = actions;
  const index = vocabulary.indexOf(action);
  const found = new Set<string>();
  for (const { policy } of actor.policies) {
    if (!policy.mayAllow(index)) continue;
    for (const { source, resources, matchesAction } of policy.statements) {
      if (source.effect !== 'Allow' || !matchesAction(index)) continue;
      // A variable stands for something, which a star does as well; the exact decision follows.
      const patterns = resources.negated ? ['*'] : resources.patterns.map((pattern) => pattern.replaceAll(/\$\{[^}]*\}/g, '*'));
      for (const pattern of patterns) {
        const resource = intersectGlobs(template, pattern);
        if (resource !== undefined) found.add(resource);
        if (found.size >= MOST_CANDIDATES) return [...found];
      }
    }
  }
  return [...found];
}
