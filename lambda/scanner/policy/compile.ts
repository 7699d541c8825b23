import type { Json } from '../model/json.ts';
import type { CompiledCondition } from './conditions/condition.ts';
import { compileCondition } from './conditions/condition.ts';
import { compileGlob } from './glob.ts';
import { parsePolicy } from './parse.ts';
import type { MalformedPolicy, PatternSet, Policy, PolicyVersion, Statement } from './policy.ts';
import { compilePattern, compileResources } from './resources.ts';
import type { CompiledPattern, CompiledResources } from './resources.ts';
import { addAll, emptySet, hasAction } from './vocabulary.ts';
import type { ActionSet, ActionVocabulary } from './vocabulary.ts';

export { createVocabulary } from './vocabulary.ts';
export type { ActionVocabulary } from './vocabulary.ts';

/** A statement, ready to be asked many times. */
export interface CompiledStatement {
  readonly source: Statement;
  /** Whether it names the action of this number in the vocabulary. */
  readonly matchesAction: (index: number) => boolean;
  /** Whether it names this action, in the vocabulary or not; slower. */
  readonly matchesActionName: (action: string) => boolean;
  readonly resources: CompiledResources;
  readonly conditions: readonly CompiledCondition[];
}

/** A policy, ready to be asked many times. */
export interface CompiledPolicy {
  readonly kind: 'compiled';
  readonly version: PolicyVersion;
  readonly vocabulary: ActionVocabulary;
  readonly statements: readonly CompiledStatement[];
  /** The actions that some Allow statement names, whatever its resources and conditions. */
  readonly allows: ActionSet;
  /** The actions that some statement names. */
  readonly mentions: ActionSet;
  /** Whether some Allow statement names the action of this number; if not, the policy cannot allow it. */
  readonly mayAllow: (index: number) => boolean;
}

/** What a compiler makes of a document. */
export type CompileResult = CompiledPolicy | MalformedPolicy;

/** Compiles documents, each distinct one once: the same object, or the same text, gives the same result. */
export interface PolicyCompiler {
  readonly compile: (document: Json) => CompileResult;
}

type CompilePattern = (pattern: string, variables: boolean) => CompiledPattern;

/** Compiles a parsed policy over the actions of a vocabulary. */
export const compilePolicy = (policy: Policy, vocabulary: ActionVocabulary): CompiledPolicy =>
  compileWith(policy, vocabulary, compilePattern);

/** What documents were compiled to, by the object; it holds on to none of them. */
export type CompiledDocuments = WeakMap<object, CompileResult>;

/**
 * A compiler that remembers documents and patterns for as long as it lives. Compilers of one vocabulary can share what they
 * compiled.
 */
export function createPolicyCompiler(vocabulary: ActionVocabulary, byObject: CompiledDocuments = new WeakMap()): PolicyCompiler {
  const byText = new Map<string, CompileResult>();
  const pattern = rememberPatterns();
  const compileOnce = (document: Json): CompileResult => {
    const text = JSON.stringify(document);
    const known = byText.get(text);
    if (known !== undefined) return known;
    const policy = parsePolicy(document, text.length);
    const result = policy.kind === 'malformed' ? policy : compileWith(policy, vocabulary, pattern);
    byText.set(text, result);
    return result;
  };
  return {
    compile: (document) => {
      if (typeof document !== 'object' || document === null) return compileOnce(document);
      const result = byObject.get(document) ?? compileOnce(document);
      byObject.set(document, result);
      return result;
    },
  };
}

function rememberPatterns(): CompilePattern {
  const remembered = { plain: new Map<string, CompiledPattern>(), variables: new Map<string, CompiledPattern>() };
  return (pattern, variables) => {
    const known = variables ? remembered.variables : remembered.plain;
    const compiled = known.get(pattern) ?? compilePattern(pattern, variables);
    known.set(pattern, compiled);
    return compiled;
  };
}

function compileWith({ version, statements }: Policy, vocabulary: ActionVocabulary, pattern: CompilePattern): CompiledPolicy {
  const allows = emptySet(vocabulary.actions.length);
  const mentions = emptySet(vocabulary.actions.length);
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html: no variables before 2012-10-17
  const variables = version === '2012-10-17';
  const compiled = statements.map((statement) => {
    const actions = vocabulary.select(statement.action);
    addAll(mentions, actions);
    if (statement.effect === 'Allow') addAll(allows, actions);
    return compileStatement(statement, actions, variables, pattern);
  });
  const mayAllow = (index: number): boolean => hasAction(allows, index);
  return { kind: 'compiled', version, vocabulary, statements: compiled, allows, mentions, mayAllow };
}

function compileStatement(source: Statement, actions: ActionSet, variables: boolean, pattern: CompilePattern): CompiledStatement {
  return {
    source,
    matchesAction: (index) => hasAction(actions, index),
    matchesActionName: nameMatcher(source.action),
    resources: compileResources(source.resource, (text) => pattern(text, variables)),
    conditions: source.conditions.map((condition) => compileCondition(condition, source.effect, variables)),
  };
}

/** Matches any action name; compiled when first asked, since most actions asked about are in the vocabulary. */
function nameMatcher({ negated, patterns }: PatternSet): (action: string) => boolean {
  let matchers: readonly ((text: string) => boolean)[] | undefined;
  return (action) => {
    matchers ??= patterns.map((pattern) => compileGlob(pattern, { ignoreCase: true }).matches);
    return matchers.some((matches) => matches(action)) !== negated;
  };
}
