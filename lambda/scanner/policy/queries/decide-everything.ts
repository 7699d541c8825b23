import type { CompiledStatement } from '../compile.ts';
import type { Dependency, Truth } from '../conditions/condition.ts';
import type { Context } from '../context.ts';
import { coverEverything } from './action-coverage.ts';
import type { Region } from './action-coverage.ts';
import { both, resourceDependency } from '../decide.ts';
import { implicitDeny, statementRef } from '../decision.ts';
import type { Decision, PolicyInForce, StatementRef } from '../decision.ts';
import { globCovers, globMatcher } from '../glob.ts';
import type { PatternSet } from '../policy.ts';
import { parseTemplate, resolveTemplate } from '../variables.ts';
import type { Template } from '../variables.ts';

/** A statement that matches something in this context, and the conditions on which that depends. */
interface Candidate {
  readonly ref: StatementRef;
  readonly on: readonly Dependency[];
  readonly statement: CompiledStatement;
  readonly variables: boolean;
}

/**
 * Decides all actions on all resources at once: `allowed` only if nothing is missing, however the policies are written and
 * however the Allow is split among them. A Deny that applies to any part denies the whole; a conditional one is a guard.
 * `services` are the service prefixes that make up all actions.
 */
export function decideEverything(policies: readonly PolicyInForce[], services: readonly string[], context: Context): Decision {
  const candidates = policies.flatMap((inForce) => candidatesOf(inForce, services, context));
  const denies = candidates.filter(({ statement }) => statement.source.effect === 'Deny');
  const deny = denies.find(({ on }) => on.length === 0);
  if (deny !== undefined) return { effect: 'denied', explicit: true, by: [deny.ref] };
  const by = fewestAllows(
    candidates.filter(({ statement }) => statement.source.effect === 'Allow'),
    services,
  );
  if (by === undefined) return implicitDeny;
  const on = [...by, ...denies].flatMap((candidate) => candidate.on);
  const refs = by.map(({ ref }) => ref);
  if (on.length === 0) return { effect: 'allowed', by: refs };
  return { effect: 'depends', by: refs, on, guards: denies.map(({ ref }) => ref) };
}

/** How many conditional statements are tried for removal; beyond that, only the description of the answer gets longer. */
const MOST_DROPPED = 20;

/**
 * The Allow statements that together allow everything: unconditional ones if they can, else with as few conditions as possible.
 */
function fewestAllows(allows: readonly Candidate[], services: readonly string[]): readonly Candidate[] | undefined {
  const cover = (candidates: readonly Candidate[]): readonly Candidate[] | undefined =>
    coverEverything(candidates.map(regionOf), services);
  const certain = allows.filter(({ on }) => on.length === 0);
  const sufficient = cover(certain);
  if (sufficient !== undefined) return sufficient;
  const conditional = allows.filter(({ on }) => on.length > 0);
  let chosen = cover([...certain, ...conditional]);
  for (const candidate of chosen?.filter(({ on }) => on.length > 0).slice(0, MOST_DROPPED) ?? []) {
    chosen = cover([...certain, ...(chosen ?? []).filter((other) => other !== candidate && other.on.length > 0)]) ?? chosen;
  }
  return chosen === undefined ? undefined : allows.filter((candidate) => chosen.includes(candidate));
}

function candidatesOf(inForce: PolicyInForce, services: readonly string[], context: Context): readonly Candidate[] {
  const { policy } = inForce;
  const variables = policy.version === '2012-10-17';
  return policy.statements.flatMap((statement) => {
    const truth = isInForce(statement, services, variables, context);
    if (truth === false) return [];
    return [{ ref: statementRef(inForce, statement.source), on: truth === true ? [] : truth, statement, variables }];
  });
}

/** Whether the conditions hold and, for a Deny, whether it names any action and any resource at all. */
function isInForce(statement: CompiledStatement, services: readonly string[], variables: boolean, context: Context): Truth {
  let truth: Truth = true;
  for (const condition of statement.conditions) truth = both(truth, condition(context));
  if (statement.source.effect === 'Allow' || truth === false) return truth;
  if (!namesAnAction(statement.source.action, services)) return false;
  return both(truth, namesAResource(statement, variables, context));
}

/** `Action: []` matches nothing, and neither does NotAction of everything. */
function namesAnAction({ negated, patterns }: PatternSet, services: readonly string[]): boolean {
  if (!negated) return patterns.length > 0;
  const excluded = patterns.map((pattern) => pattern.toLowerCase());
  return !services.every((service) => excluded.some((pattern) => globCovers(pattern, `${service.toLowerCase()}:?*`)));
}

/** `Resource: []` matches nothing. Neither does a variable without a value, or NotResource of everything. */
function namesAResource(statement: CompiledStatement, variables: boolean, context: Context): Truth {
  const { negated, patterns } = statement.resources;
  let truth: Truth = negated;
  for (const pattern of patterns) {
    const reach = reachOf(pattern, variables, negated, statement, context);
    if (reach === true) return !negated;
    if (reach !== false) truth = reach;
  }
  return truth;
}

/** Whether a pattern matches anything (Resource), or everything (NotResource). */
function reachOf(pattern: string, variables: boolean, negated: boolean, statement: CompiledStatement, context: Context): Truth {
  const template = variables ? parseTemplate(pattern) : undefined;
  if (template === undefined) return !negated || globCovers(pattern, '?*');
  const resolution = resolveTemplate(template, context);
  if (resolution.state === 'missing') return false;
  const canCover = globMatcher(resolution.glob).kind === 'any';
  if (resolution.state === 'resolved') return !negated || canCover;
  return negated && !canCover ? false : [resourceDependency(statement, resolution.variable)];
}

function regionOf(candidate: Candidate): Region<Candidate> {
  const { action } = candidate.statement.source;
  const { negated, patterns } = candidate.statement.resources;
  return {
    id: candidate,
    action: { negated: action.negated, patterns: action.patterns.map((pattern) => pattern.toLowerCase()) },
    resource: { negated, patterns: candidate.variables ? patterns.flatMap((text) => withoutVariables(text, negated)) : patterns },
  };
}

/**
 * A pattern with a variable covers nothing for certain; as an exclusion it excludes at most what it matches with `*` for each
 * variable.
 */
function withoutVariables(pattern: string, negated: boolean): readonly string[] {
  const template = parseTemplate(pattern);
  if (template === undefined) return [pattern];
  return negated ? [widest(template)] : [];
}

const widest = (template: Template): string => template.map((piece) => ('text' in piece ? piece.text : '*')).join('');
