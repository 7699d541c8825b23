import type { PolicyInForce } from '../policy/decide.ts';
import type { CompiledPolicy, CompiledStatement } from '../policy/compile.ts';
import type { Context } from '../policy/context.ts';
import type { Statement } from '../policy/policy.ts';
import type { SidePolicy } from './edges.ts';

/** The one action by which principals come from one account into another. */
export const ASSUME_ROLE = 'sts:AssumeRole';

const assumeRole = { negated: false, patterns: [ASSUME_ROLE] } as const;

/**
 * What policies say of `sts:AssumeRole`, with the conditions left out that this context settles: one that is met goes, and with one
 * that is not goes its statement.
 */
export const settle = (policies: readonly PolicyInForce[], context: Context): readonly SidePolicy[] =>
  policies.flatMap(({ policy, origin }) => {
    const side = settlePolicy(policy, origin, context);
    return side.statements.length > 0 ? side : [];
  });

/** The same of one policy, which may be left with nothing to say. */
export const settlePolicy = (policy: CompiledPolicy, origin: string, context: Context): SidePolicy => ({
  origin,
  version: policy.version,
  statements: policy.statements.flatMap((statement) => settleStatement(statement, context)),
});

function settleStatement(statement: CompiledStatement, context: Context): readonly Statement[] {
  if (!statement.matchesActionName(ASSUME_ROLE)) return [];
  const truths = statement.conditions.map((condition) => condition(context));
  if (truths.includes(false)) return [];
  const { source } = statement;
  return [{ ...source, action: assumeRole, conditions: source.conditions.filter((_, index) => truths[index] !== true) }];
}

/** Whether policies let everything through, whatever is asked. */
export const isOpen = (policies: readonly SidePolicy[]): boolean =>
  policies.every(({ statements }) => statements.every(({ effect }) => effect === 'Allow')) &&
  policies.some(({ statements }) => statements.some(allowsAnything));

/** Whether a statement allows to assume any role, without a condition. */
export const allowsAnything = ({ effect, resource, conditions }: Statement): boolean =>
  effect === 'Allow' &&
  conditions.length === 0 &&
  (resource === undefined || (!resource.negated && resource.patterns.includes('*')));
