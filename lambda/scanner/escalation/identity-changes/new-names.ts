import type { Account } from '../../iam/account.ts';
import { actionSet } from '../../iam/action-prefilter.ts';
import { unique } from '../../iam/authorization-result.ts';
import { limitsOf } from '../../iam/authorization.ts';
import type { Principal } from '../../iam/principal.ts';
import { isFree } from '../../iam/resource-candidates.ts';
import { derivedValues } from '../../model/derived-values.ts';
import type { CompiledStatement } from '../../policy/compile.ts';
import { compileGlob, narrowGlob } from '../../policy/glob.ts';
import { members } from '../../policy/vocabulary.ts';

/** What a principal can create, as the actions of IAM name it. */
export type Word = 'Role' | 'User' | 'Group';

/** What a statement about roles, users or groups says of their ARNs. */
interface NameStatement {
  readonly allowsCreation: boolean;
  readonly patterns: readonly string[];
  readonly names: (arn: string) => boolean;
}

/**
 * The free names of a role, a user or a group that the principal may create and that policies tell apart: where the same statements of all
 * who take part (`team`) name two of them, one is enough. `any` stands for what the policies leave open.
 */
export function newNames(
  account: Account,
  word: Word,
  by: Principal,
  team: readonly Principal[],
  any = 'any',
): readonly string[] {
  const form = `arn:${account.partition}:iam::${account.accountId}:${word.toLowerCase()}/*`;
  const narrowed = (within: string, patterns: readonly string[]) =>
    patterns.flatMap((pattern) => narrowGlob(within, pattern) ?? []);
  const statements = unique([by, ...team].flatMap((principal) => statementsAbout(word, principal)));
  const creatable = narrowed(
    form,
    statementsAbout(word, by).flatMap(({ allowsCreation, patterns }) => (allowsCreation ? patterns : [])),
  );
  const named = unique(statements.flatMap(({ patterns }) => patterns));
  const names = creatable.flatMap((pattern) => [...narrowed(pattern, named), pattern]);
  const byStatements = new Map<string, string>();
  for (const name of unique(names.map((name) => name.replaceAll('*', any).replaceAll('?', 'x')))) {
    const key = statements.map(({ names }) => Number(names(name))).join('');
    if (isFree(account, name) && !byStatements.has(key)) byStatements.set(key, name);
  }
  return [...byStatements.values()];
}

/** What is known of the statements about one kind of names. */
const kinds = {
  Role: kindOf(['iam:*Role*'], 'iam:CreateRole'),
  // Credentials of a user have names of their own.
  User: kindOf(['iam:*User*', 'iam:*AccessKey*', 'iam:*LoginProfile*'], 'iam:CreateUser'),
  Group: kindOf(['iam:*Group*'], 'iam:CreateGroup'),
} as const satisfies Record<Word, unknown>;

function kindOf(about: readonly string[], creation: string) {
  return {
    about: members(actionSet(about)),
    creation: members(actionSet([creation])),
    known: derivedValues.table<Principal, readonly NameStatement[]>(),
    compiled: derivedValues.table<CompiledStatement, NameStatement>(),
  };
}

/** The statements of the policies and limits of a principal that are about these. */
function statementsAbout(word: Word, principal: Principal): readonly NameStatement[] {
  const { about, creation, known, compiled } = kinds[word];
  return known.getOrCreate(principal, () => {
    const limits = limitsOf(principal).flatMap(({ policies }) => (policies === 'unreadable' ? [] : policies));
    return [...principal.policies, ...limits].flatMap(({ policy }) =>
      policy.statements
        .filter(({ matchesAction }) => about.some(matchesAction))
        .map((statement) => compiled.getOrCreate(statement, () => compile(statement, creation))),
    );
  });
}

/** A variable is widened to `*`; the exact decision follows. */
function compile({ source, resources, matchesAction }: CompiledStatement, creation: readonly number[]): NameStatement {
  const patterns = resources.patterns.map((pattern) => pattern.replaceAll(/\$\{[^}]*\}/g, '*'));
  const matchers = patterns.map((pattern) => compileGlob(pattern));
  return {
    allowsCreation: source.effect === 'Allow' && creation.some(matchesAction),
    patterns: source.effect === 'Allow' && resources.negated ? [...patterns, '*'] : patterns,
    names: (arn) => matchers.some(({ matches }) => matches(arn)),
  };
}
