import type { CompiledPolicy, CompiledStatement } from '../compile.ts';
import type { Truth } from '../conditions/condition.ts';
import { both, matchResource } from '../decide.ts';
import type { Request } from '../decide.ts';
import { isFree } from './plain-request.ts';

/**
 * The statements by which a document allows the request for sure, none where it may also deny it. A condition of an Allow counts as
 * not met, and one of a Deny as met, unless it keeps nobody out.
 */
export function allowing({ vocabulary, statements, mayAllow }: CompiledPolicy, request: Request): readonly CompiledStatement[] {
  const index = vocabulary.indexOf(request.action);
  if (index >= 0 && !mayAllow(index)) return [];
  const about = statements.filter(
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
