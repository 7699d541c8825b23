import type { CompiledStatement } from './compile.ts';
import type { Dependency, Truth } from './conditions/condition.ts';
import type { Context } from './context.ts';
import { implicitDeny, statementRef } from './decision.ts';
import type { Decision, PolicyInForce, StatementRef } from './decision.ts';
import { matchResource } from './resources.ts';
import type { UnknownVariable } from './variables.ts';
import { hasAction } from './vocabulary.ts';

export type { Decision, PolicyInForce, StatementRef } from './decision.ts';
export { matchResource } from './resources.ts';

/** One request: an action (case-insensitive), the ARN of a resource or `*` where the action has none, and the request context. */
export interface Request {
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
}

/** Whether a statement applies to the caller; for policies with a Principal element. */
export type AppliesTo = (statement: CompiledStatement) => Truth;

/** What has been found so far. */
interface Findings {
  allow: StatementRef | undefined;
  conditionalAllow: StatementRef | undefined;
  conditionalAllowOn: readonly Dependency[];
  guards: StatementRef[];
  guardsOn: Dependency[];
}

/**
 * Decides one request by the policies together: an explicit Deny wins, then an Allow, else it is denied. Without `appliesTo`
 * principal elements are not looked at. Sound in three values: `allowed` and `denied` hold whatever the unknown keys are.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function decide(policies: readonly PolicyInForce[], request: Request, appliesTo?: AppliesTo): Decision {
  const found: Findings = {
    allow: undefined,
    conditionalAllow: undefined,
    conditionalAllowOn: [],
    guards: [],
    guardsOn: [],
  };
  for (const policy of policies) {
    const deny = collect(policy, request, appliesTo, found);
    if (deny !== undefined) return { effect: 'denied', explicit: true, by: [deny] };
  }
  return conclude(found);
}

/** Adds the statements of a policy that apply; returns a Deny that applies, which decides the request. */
function collect(
  inForce: PolicyInForce,
  request: Request,
  appliesTo: AppliesTo | undefined,
  found: Findings,
): StatementRef | undefined {
  const { policy } = inForce;
  const index = policy.vocabulary.indexOf(request.action);
  if (index >= 0 && !hasAction(policy.mentions, index)) return undefined;
  for (const statement of policy.statements) {
    const { source } = statement;
    if (source.effect === 'Allow' && found.allow !== undefined) continue;
    if (index >= 0 ? !statement.matchesAction(index) : !statement.matchesActionName(request.action)) continue;
    const truth = judge(statement, request, appliesTo);
    if (truth === false) continue;
    if (truth !== true) addConditional(found, statementRef(inForce, source), source.effect === 'Allow', truth);
    else if (source.effect === 'Deny') return statementRef(inForce, source);
    else found.allow = statementRef(inForce, source);
  }
  return undefined;
}

/** Whether a statement that names the action applies to the request. Allocates memory only for unknown conditions. */
export function judge(statement: CompiledStatement, request: Request, appliesTo: AppliesTo | undefined): Truth {
  const { resources, conditions } = statement;
  const match = matchResource(resources, request.resource, request.context);
  if (match === false) return false;
  let truth: Truth = match === true || [resourceDependency(statement, match)];
  if (appliesTo !== undefined) truth = both(truth, appliesTo(statement));
  for (const condition of conditions) {
    if (truth === false) return false;
    truth = both(truth, condition(request.context));
  }
  return truth;
}

/** Three-valued AND. */
export function both(a: Truth, b: Truth): Truth {
  if (a === false || b === false) return false;
  if (a === true) return b;
  return b === true ? a : [...a, ...b];
}

/** A resource pattern with an unknown variable, as a condition on that variable. */
export function resourceDependency({ source, resources }: CompiledStatement, variable: UnknownVariable): Dependency {
  const operator = resources.negated ? 'NotResource' : 'Resource';
  return { ...variable, operator, values: resources.patterns, effect: source.effect };
}

function addConditional(found: Findings, ref: StatementRef, allows: boolean, on: readonly Dependency[]): void {
  if (!allows) {
    found.guards.push(ref);
    found.guardsOn.push(...on);
  } else if (found.conditionalAllow === undefined) {
    found.conditionalAllow = ref;
    found.conditionalAllowOn = on;
  }
}

function conclude({ allow, conditionalAllow, conditionalAllowOn, guards, guardsOn }: Findings): Decision {
  const by = allow ?? conditionalAllow;
  if (by === undefined) return implicitDeny;
  if (allow !== undefined && guards.length === 0) return { effect: 'allowed', by: [by] };
  return { effect: 'depends', by: [by], on: allow === undefined ? [...conditionalAllowOn, ...guardsOn] : guardsOn, guards };
}
