import type { CompiledPolicy, CompiledStatement } from '../compile.ts';
import type { Truth } from '../conditions/condition.ts';
import { both, matchResource } from '../decide.ts';
import type { Request } from '../decide.ts';
import { isFree } from './plain-request.ts';

/** Whether some Allow statement may name the action: a glance that most documents do not pass, before a request is made up. */
export function mayName({ vocabulary, mayAllow }: CompiledPolicy, action: string): boolean {
  const index = vocabulary.indexOf(action);
  return index < 0 || mayAllow(index);
}

/**
 * The statements by which a document allows the request for sure, none where it may also deny it. A condition of an Allow counts as
 * not met, and one of a Deny as met, unless it keeps nobody out.
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

/** Whether a statement is about the resource, and its conditions are met by a request that nothing distinguishes. */
export function holds(
  { source, resources, conditions }: CompiledStatement,
  { resource, context }: Omit<Request, 'action'>,
): boolean {
  const match = matchResource(resources, resource, context);
  // A variable that nobody knows stands for something in particular, which the resource is not.
  if (match === false || (match !== true && !resources.negated)) return false;
  let truth: Truth = true;
  for (const condition of conditions) truth = both(truth, condition(context));
  if (typeof truth === 'boolean') return truth;
  return source.effect === 'Allow'
    ? truth.every(({ key }) => isFree(key))
    : truth.every(({ controlledBy }) => controlledBy !== 'caller');
}
