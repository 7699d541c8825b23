import type { Account } from '../../iam/account.ts';
import { actionSet } from '../../iam/action-prefilter.ts';
import { unique } from '../../iam/authorization-result.ts';
import { limitsOf } from '../../iam/authorization.ts';
import type { Principal } from '../../iam/principal.ts';
import { derivedValues } from '../../model/derived-values.ts';
import type { CompiledStatement } from '../../policy/compile.ts';
import { compileGlob, narrowGlob } from '../../policy/glob.ts';
import { members } from '../../policy/vocabulary.ts';

/** What a statement about roles says of their ARNs. */
interface RoleStatement {
  readonly allowsCreation: boolean;
  readonly patterns: readonly string[];
  readonly names: (arn: string) => boolean;
}

/**
 * The free names of a role that the principal may create and that policies tell apart: where the same statements of all who take part
 * (`team`) name two roles, one of them is enough.
 */
export function newRoleNames(
  { partition, accountId, principalsByArn }: Account,
  by: Principal,
  team: readonly Principal[],
): readonly string[] {
  const form = `arn:${partition}:iam::${accountId}:role/*`;
  const narrowed = (within: string, patterns: readonly string[]) =>
    patterns.flatMap((pattern) => narrowGlob(within, pattern) ?? []);
  const statements = unique([by, ...team].flatMap(roleStatements));
  const creatable = narrowed(
    form,
    roleStatements(by).flatMap(({ allowsCreation, patterns }) => (allowsCreation ? patterns : [])),
  );
  const named = unique(statements.flatMap(({ patterns }) => patterns));
  const names = creatable.flatMap((pattern) => [...narrowed(pattern, named), pattern]);
  const byStatements = new Map<string, string>();
  for (const name of unique(names.map((name) => name.replaceAll('*', 'any').replaceAll('?', 'x')))) {
    const key = statements.map(({ names }) => Number(names(name))).join('');
    if (!principalsByArn.has(name) && !byStatements.has(key)) byStatements.set(key, name);
  }
  return [...byStatements.values()];
}

const known = derivedValues.table<Principal, readonly RoleStatement[]>();

/** The statements of the policies and limits of a principal that are about roles. */
const roleStatements = (principal: Principal): readonly RoleStatement[] =>
  known.getOrCreate(principal, () => {
    const limits = limitsOf(principal).flatMap(({ policies }) => (policies === 'unreadable' ? [] : policies));
    return [...principal.policies, ...limits].flatMap(({ policy }) =>
      policy.statements.filter(isAboutRoles).map((statement) => compiled.getOrCreate(statement, () => compile(statement))),
    );
  });

const ofRoles = members(actionSet(['iam:*Role*']));
const ofCreation = members(actionSet(['iam:CreateRole']));

const isAboutRoles = ({ matchesAction }: CompiledStatement): boolean => ofRoles.some(matchesAction);

const compiled = derivedValues.table<CompiledStatement, RoleStatement>();

/** A variable is widened to `*`; the exact decision follows. */
function compile({ source, resources, matchesAction }: CompiledStatement): RoleStatement {
  const patterns = resources.patterns.map((pattern) => pattern.replaceAll(/\$\{[^}]*\}/g, '*'));
  const matchers = patterns.map((pattern) => compileGlob(pattern));
  return {
    allowsCreation: source.effect === 'Allow' && ofCreation.some(matchesAction),
    patterns: source.effect === 'Allow' && resources.negated ? [...patterns, '*'] : patterns,
    names: (arn) => matchers.some(({ matches }) => matches(arn)),
  };
}
