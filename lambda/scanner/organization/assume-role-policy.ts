import type { PolicyInForce } from '../policy/decide.ts';
import type { CompiledPolicy, CompiledStatement } from '../policy/compile.ts';
import type { Context } from '../policy/context.ts';
import type { Statement } from '../policy/policy.ts';
import type { ResidualPolicy } from './edges.ts';

/** The only action by which principals get from one account into another. */
export const ASSUME_ROLE = 'sts:AssumeRole';

const assumeRole = { negated: false, patterns: [ASSUME_ROLE] } as const;

/**
 * Reduces policies to `sts:AssumeRole` and evaluates them partially: a condition that this context meets is removed, and a
 * statement with a condition that it does not meet is removed.
 */
export const partialEvaluate = (policies: readonly PolicyInForce[], context: Context): readonly ResidualPolicy[] =>
  policies.flatMap(({ policy, origin }) => {
    const side = partialEvaluatePolicy(policy, origin, context);
    return side.statements.length > 0 ? side : [];
  });

/** The same for one policy, which may have no statement left. */
export const partialEvaluatePolicy = (policy: CompiledPolicy, origin: string, context: Context): ResidualPolicy => ({
  origin,
  version: policy.version,
  statements: policy.statements.flatMap((statement) => partialEvaluateStatement(statement, context)),
});

function partialEvaluateStatement(statement: CompiledStatement, context: Context): readonly Statement[] {
  if (!statement.matchesActionName(ASSUME_ROLE)) return [];
  const truths = statement.conditions.map((condition) => condition(context));
  if (truths.includes(false)) return [];
  const { source } = statement;
  return [{ ...source, action: assumeRole, conditions: source.conditions.filter((_, index) => truths[index] !== true) }];
}

/** Whether the policies allow every request. */
export const isUnrestricted = (policies: readonly ResidualPolicy[]): boolean =>
  policies.every(({ statements }) => statements.every(({ effect }) => effect === 'Allow')) &&
  policies.some(({ statements }) => statements.some(allowsAnything));

/** Whether a statement allows assuming any role, without a condition. */
export const allowsAnything = ({ effect, resource, conditions }: Statement): boolean =>
  effect === 'Allow' &&
  conditions.length === 0 &&
  (resource === undefined || (!resource.negated && resource.patterns.includes('*')));
