import { unknownValue } from '../global-keys.ts';
import type { Dependency } from '../conditions/condition.ts';
import { type AppliesTo, type PolicyInForce, judge } from '../decide.ts';
import { type StatementRef, statementRef } from '../decision.ts';
import type { PatternSet, Statement } from '../policy.ts';
import { isWeaker } from './weaker-conditions.ts';
import { UNNAMED } from './unnamed-resource.ts';

/** Policies of one level: an Allow in any of them allows, a Deny in any of them denies. Each level must allow a request. */
export type Levels = readonly (readonly PolicyInForce[])[];

/** A request of which one set of policies allows more than another. */
export interface AllowedMore {
  readonly action: string;
  readonly resource: string;
  /** Whether the policies that allow less deny it explicitly. */
  readonly wasDenied: boolean;
  readonly by: readonly StatementRef[];
}

/** How two sets of policies differ in what they allow. */
export interface Breadth {
  /** What the later ones allow and the earlier ones do not, or not without a condition. */
  readonly gained: readonly AllowedMore[];
  /** What only the earlier ones allow. */
  readonly lost: readonly AllowedMore[];
  /** Whether some requests depend on other conditions than before, and it cannot be told which are weaker. */
  readonly isUnclear: boolean;
}

interface Request {
  readonly action: string;
  readonly resource: string;
}

/** More requests than this are not tried. No policy that AWS accepts needs as many. */
const MOST_REQUESTS = 40_000;

/**
 * Compares what two sets of policies allow. A request is tried for every pattern of every statement, so that a statement that is split,
 * reordered or written in another way makes no difference, and an action that is added does. `appliesTo`: the statements that count,
 * where the policies have principals.
 */
export function compareLevels(before: Levels, after: Levels, appliesTo?: AppliesTo): Breadth {
  const requests = requestsOf(before, after);
  const gained: AllowedMore[] = [];
  const lost: AllowedMore[] = [];
  let isUnclear = requests.length > MOST_REQUESTS;
  for (const request of requests.slice(0, MOST_REQUESTS)) {
    const [was, is] = [waysOf(before, request, appliesTo), waysOf(after, request, appliesTo)];
    const order = compareWays(was, is);
    if (order === 'unclear') isUnclear = true;
    else if (order > 0) gained.push({ ...request, wasDenied: was.isDenied, by: is.by });
    else if (order < 0) lost.push({ ...request, wasDenied: is.isDenied, by: was.by });
  }
  return { gained, lost, isUnclear };
}

/** The ways in which a request is allowed: the conditions of each; a way without conditions always holds. */
export interface Ways {
  readonly ways: readonly (readonly Dependency[])[];
  /** Whether a Deny applies whatever else is known. */
  readonly isDenied: boolean;
  readonly by: readonly StatementRef[];
}

const refused: Ways = { ways: [], isDenied: false, by: [] };

/** More combinations of statements than this are not compared. */
const MOST_WAYS = 64;

/** The ways in which the levels together allow a request of which nothing else is known. */
export function waysOf(levels: Levels, request: Request, appliesTo?: AppliesTo): Ways {
  let all: Ways = { ways: [[]], isDenied: false, by: [] };
  for (const policies of levels) {
    const level = waysOfLevel(policies, request, appliesTo);
    if (level.ways.length === 0) return level;
    const ways = all.ways.flatMap((way) => level.ways.map((other) => [...way, ...other]));
    all = { ways: ways.slice(0, MOST_WAYS), isDenied: false, by: [...all.by, ...level.by] };
  }
  return all;
}

function waysOfLevel(policies: readonly PolicyInForce[], request: Request, appliesTo: AppliesTo | undefined): Ways {
  const ways: (readonly Dependency[])[] = [];
  const guards: Dependency[] = [];
  const by: StatementRef[] = [];
  for (const inForce of policies)
    for (const statement of inForce.policy.statements) {
      if (!statement.matchesActionName(request.action)) continue;
      const truth = judge(statement, { ...request, context: unknownValue }, appliesTo);
      if (truth === false) continue;
      if (statement.source.effect === 'Allow') {
        ways.push(truth === true ? [] : truth);
        by.push(statementRef(inForce, statement.source));
      } else if (truth === true) return { ...refused, isDenied: true };
      else guards.push(...truth);
    }
  return ways.length === 0 ? refused : { ways: ways.map((way) => [...way, ...guards]), isDenied: false, by };
}

/** Positive: the second allows more; negative: less. */
export function compareWays({ ways: was }: Pick<Ways, 'ways'>, { ways: is }: Pick<Ways, 'ways'>): number | 'unclear' {
  const [keepsAll, addsNone] = [covers(is, was), covers(was, is)];
  if (keepsAll) return addsNone ? 0 : 1;
  return addsNone ? -1 : 'unclear';
}

/** Whether every request that is allowed in one of the second ways is allowed in one of the first. */
const covers = (first: Ways['ways'], second: Ways['ways']): boolean =>
  second.every((way) => first.some((other) => isWeaker(other, way)));

/** The requests that can tell the two apart. */
function requestsOf(before: Levels, after: Levels): readonly Request[] {
  const [old, current] = [statementsIn(before), statementsIn(after)];
  const all = [...new Map([...old, ...current].map((statement) => [textOf(statement), statement])).values()];
  const kept = new Set(old.map(textOf));
  const still = new Set(current.map(textOf));
  const changed = all.filter((statement) => !kept.has(textOf(statement)) || !still.has(textOf(statement)));
  const requests = new Map<string, Request>();
  const add = (actions: readonly string[], resources: readonly string[]) => {
    for (const action of actions)
      for (const resource of resources) {
        if (requests.size > MOST_REQUESTS) return;
        requests.set(`${action} ${resource}`, { action, resource });
      }
  };
  const everyAction = actionsIn(all);
  const everyResource = resourcesIn(all);
  for (const statement of changed) {
    add(actionsIn([statement]), everyResource);
    add(everyAction, resourcesIn([statement]));
  }
  if (changed.length > 0) for (const statement of all) add(actionsIn([statement]), resourcesIn([statement]));
  return [...requests.values()];
}

const textOf = ({ index: _, sid: _sid, ...content }: Statement): string => JSON.stringify(content);

const statementsIn = (levels: Levels): readonly Statement[] =>
  levels.flatMap((policies) => policies.flatMap(({ policy }) => policy.statements.map(({ source }) => source)));

const actionsIn = (statements: readonly Statement[]): readonly string[] =>
  examples(
    statements.map(({ action }) => action),
    `${UNNAMED}:${UNNAMED}`,
  );

/** An example of a resource for each pattern of the statements. */
export const resourcesIn = (statements: readonly Statement[]): readonly string[] =>
  examples(
    statements.map(({ resource }) => resource ?? { negated: false, patterns: ['*'] }),
    UNNAMED,
  );

/** A name for each pattern, which other patterns match only where they are as wide; a pattern that excludes leaves all others. */
function examples(sets: readonly PatternSet[], other: string): readonly string[] {
  const named = sets.flatMap(({ patterns }) => patterns.map((pattern) => (pattern === '*' ? other : exampleOf(pattern))));
  return [...new Set([...named, ...(sets.some(({ negated }) => negated) ? [other] : [])])];
}

/** A text that the pattern matches: with a name that no policy has in the place of each wildcard. */
const exampleOf = (pattern: string): string => pattern.replaceAll('*', UNNAMED).replaceAll('?', 'q');
