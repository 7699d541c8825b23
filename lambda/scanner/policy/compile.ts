import { getOrCreate } from '../model/get-or-create.ts';
import { derivedValues } from '../model/derived-values.ts';
import type { Json } from '../model/json.ts';
import type { CompiledCondition } from './conditions/condition.ts';
import { compileCondition } from './conditions/condition.ts';
import { compileGlob, globCovers } from './glob.ts';
import { parsePolicy } from './parse.ts';
import type { MalformedPolicy, ParsedPolicy, PatternSet, Policy, LanguageVersion, Statement } from './policy.ts';
import { compileResources } from './resources.ts';
import type { CompiledResources } from './resources.ts';
import { addAll, emptySet, hasAction } from './vocabulary.ts';
import type { ActionSet, ActionVocabulary } from './vocabulary.ts';

export { createVocabulary } from './vocabulary.ts';
export type { ActionVocabulary } from './vocabulary.ts';

/** A compiled statement, for many requests. */
export interface CompiledStatement {
  readonly source: Statement;
  /** Whether it names the action of this number in the vocabulary. */
  readonly matchesAction: (index: number) => boolean;
  /** Whether it names this action, in the vocabulary or not; slower. */
  readonly matchesActionName: (action: string) => boolean;
  readonly resources: CompiledResources;
  readonly conditions: readonly CompiledCondition[];
}

/** A compiled policy, for many requests. */
export interface CompiledPolicy {
  readonly kind: 'compiled';
  readonly version: LanguageVersion;
  readonly vocabulary: ActionVocabulary;
  readonly statements: readonly CompiledStatement[];
  /** The actions that some Allow statement names, whatever its resources and conditions. */
  readonly allows: ActionSet;
  /**
   * The actions that some Allow statement names on every resource, or on all but some, whatever its conditions. Only these can add up to
   * everything: see `coverEverything`.
   */
  readonly allowsWidely: ActionSet;
  /** The actions that some statement names. */
  readonly mentions: ActionSet;
  /** Whether some Allow statement names the action of this number; if not, the policy cannot allow it. */
  readonly mayAllow: (index: number) => boolean;
}

/** The result of compiling a document. */
export type CompileResult = CompiledPolicy | MalformedPolicy;

/** The compiled documents, by vocabulary. */
const compiled = derivedValues.table<object, Map<ActionVocabulary, CompileResult>>();

/** Compiles a decoded document over the actions of a vocabulary, the same object once. */
export function compileDocument(document: Json, vocabulary: ActionVocabulary): CompileResult {
  if (typeof document !== 'object' || document === null) return compileParsed(parsePolicy(document), vocabulary);
  const byVocabulary = compiled.getOrCreate(document, () => new Map<ActionVocabulary, CompileResult>());
  return getOrCreate(byVocabulary, vocabulary, () => compileParsed(parsePolicy(document), vocabulary));
}

const compileParsed = (policy: ParsedPolicy, vocabulary: ActionVocabulary): CompileResult =>
  policy.kind === 'malformed' ? policy : compilePolicy(policy, vocabulary);

/** Compiles a parsed policy over the actions of a vocabulary. */
export function compilePolicy({ version, statements }: Policy, vocabulary: ActionVocabulary): CompiledPolicy {
  const allows = emptySet(vocabulary.actions.length);
  const allowsWidely = emptySet(vocabulary.actions.length);
  const mentions = emptySet(vocabulary.actions.length);
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html: no variables before 2012-10-17
  const variables = version === '2012-10-17';
  const asked = statements.map((statement) => {
    const actions = vocabulary.select(statement.action);
    addAll(mentions, actions);
    const compiled = compileStatement(statement, actions, variables);
    if (statement.effect === 'Allow') addAll(allows, actions);
    if (statement.effect === 'Allow' && isWide(compiled.resources)) addAll(allowsWidely, actions);
    return compiled;
  });
  const mayAllow = (index: number): boolean => hasAction(allows, index);
  return { kind: 'compiled', version, vocabulary, statements: asked, allows, allowsWidely, mentions, mayAllow };
}

const isWide = ({ negated, patterns }: CompiledResources): boolean =>
  negated || patterns.some((pattern) => globCovers(pattern, '?*'));

/** The part of a compiled statement that is the same for every vocabulary. */
type StatementBody = Omit<CompiledStatement, 'source' | 'matchesAction'>;

/** A statement belongs to one policy, and so to one version of the language. */
const bodies = derivedValues.table<Statement, StatementBody>();

function compileStatement(source: Statement, actions: ActionSet, variables: boolean): CompiledStatement {
  const { matchesActionName, resources, conditions } = bodies.getOrCreate(source, () => compileBody(source, variables));
  return { source, matchesAction: (index) => hasAction(actions, index), matchesActionName, resources, conditions };
}

const compileBody = (source: Statement, variables: boolean): StatementBody => ({
  matchesActionName: nameMatcher(source.action),
  resources: compileResources(source.resource, variables),
  conditions: source.conditions.map((condition) => compileCondition(condition, source.effect, variables)),
});

/** Matches any action name; compiled on first use, since most actions are in the vocabulary. */
function nameMatcher({ negated, patterns }: PatternSet): (action: string) => boolean {
  let matchers: readonly ((text: string) => boolean)[] | undefined;
  return (action) => {
    matchers ??= patterns.map((pattern) => compileGlob(pattern, { ignoreCase: true }).matches);
    return matchers.some((matches) => matches(action)) !== negated;
  };
}
