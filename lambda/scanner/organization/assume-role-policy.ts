import type { PermissionLimit } from '../iam/principal.ts';
import type { PolicyInForce } from '../policy/decide.ts';
import type { CompiledPolicy, CompiledStatement } from '../policy/compile.ts';
import { ASSUME_ROLE, consentActions } from '../iam/trust-policy.ts';
import type { Context } from '../policy/context.ts';
import type { Statement } from '../policy/policy.ts';
import type { ResidualLimit, ResidualPolicy } from './edges.ts';

/**
 * The only action by which principals get from one account into another, and the actions that must be allowed for keys that the caller
 * adds to its request.
 */
export const assumeRoleActions: readonly string[] = [ASSUME_ROLE, ...consentActions];

/**
 * Reduces policies to `sts:AssumeRole` and the actions for its keys, and evaluates them partially: a condition that this context meets is removed, and a
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
  const patterns = assumeRoleActions.filter((action) => statement.matchesActionName(action));
  if (patterns.length === 0) return [];
  const truths = statement.conditions.map((condition) => condition(context));
  if (truths.includes(false)) return [];
  const { source } = statement;
  return [
    {
      ...source,
      action: { negated: false, patterns },
      conditions: source.conditions.filter((_, index) => truths[index] !== true),
    },
  ];
}

/** Whether the statement is about assuming roles, and not only about keys of the request. */
export const isAboutAssuming = ({ action }: Statement): boolean => action.patterns.includes(ASSUME_ROLE);

/** Whether the policies allow every request with these actions. */
export const isUnrestricted = (policies: readonly ResidualPolicy[], actions: readonly string[] = [ASSUME_ROLE]): boolean =>
  policies.every(({ statements }) => statements.every(({ effect }) => effect === 'Allow')) &&
  policies.some(({ statements }) => statements.some((statement) => allowsAnything(statement, actions)));

/** The limits that do not allow every assumption, each with what `about` keeps of its policies. */
export const residualLimits = (
  limits: readonly PermissionLimit[],
  about: (policies: readonly PolicyInForce[]) => readonly ResidualPolicy[],
): readonly ResidualLimit[] =>
  limits.flatMap(({ kind, name, target, policies }): readonly ResidualLimit[] => {
    if (policies === 'unreadable') return [{ kind, name, policies }];
    const kept = about(policies);
    return isUnrestricted(kept, assumeRoleActions)
      ? []
      : [{ kind, name, ...(target === undefined ? {} : { target }), policies: kept }];
  });

/** Whether a statement allows assuming any role, without a condition. */
const allowsAnything = ({ effect, action, resource, conditions }: Statement, actions: readonly string[]): boolean =>
  effect === 'Allow' &&
  actions.every((wanted) => action.patterns.includes(wanted)) &&
  conditions.length === 0 &&
  (resource === undefined || (!resource.negated && resource.patterns.includes('*')));

/** The policy that allows to assume every role. */
export const allowsAnyRole: ResidualPolicy = {
  origin: 'arn:aws:iam::aws:policy/AdministratorAccess',
  version: '2012-10-17',
  statements: [
    {
      index: 0,
      effect: 'Allow',
      action: { negated: false, patterns: assumeRoleActions },
      resource: { negated: false, patterns: ['*'] },
      conditions: [],
    },
  ],
};
