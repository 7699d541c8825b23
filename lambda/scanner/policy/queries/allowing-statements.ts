import type { CompiledPolicy, CompiledStatement } from '../compile.ts';
import type { Truth } from '../conditions/condition.ts';
import { both, matchResource } from '../decide.ts';
import type { Request } from '../decide.ts';
import { isFree } from './plain-request.ts';

/** Prefilter: whether some Allow statement may name the action. Most documents fail here, before a request is built. */
export function mayName({ vocabulary, mayAllow }: CompiledPolicy, action: string): boolean {
  const index = vocabulary.indexOf(action);
  return index < 0 || mayAllow(index);
}

/**
 * The statements that allow the request for certain; none where a statement may also deny it. A condition of an Allow counts as
 * not met, and one of a Deny as met, except where it restricts no caller.
 */
export function allowing(policy: CompiledPolicy, request: Request): readonly CompiledStatement[] {
  if (!mayName(policy, request.action)) return [];
  const index = policy.vocabulary.indexOf(request.action);
  const about = policy.statements.filter(
    (statement) =>
      (index >= 0 ? statement.matchesAction(index) : statement.matchesActionName(request.action)) && holds(statement, request),
  );
  return about.some(({ source }) => source.effect === 'Deny') ? [] : about;
}

/** Whether a statement applies to the resource, and a plain request meets its conditions. */
export function holds(
  { source, resources, conditions }: CompiledStatement,
  { resource, context }: Omit<Request, 'action'>,
): boolean {
  const match = matchResource(resources, resource, context);
  // An unknown variable stands for a particular name, which the resource does not have.
  if (match === false || (match !== true && !resources.negated)) return false;
  let truth: Truth = true;
  for (const condition of conditions) truth = both(truth, condition(context));
  if (typeof truth === 'boolean') return truth;
  return source.effect === 'Allow'
    ? truth.every(({ key }) => isFree(key))
    : truth.every(({ controlledBy }) => controlledBy !== 'caller');
}
