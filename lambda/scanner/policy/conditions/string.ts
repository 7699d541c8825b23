import { globMatcher } from '../glob.ts';
import { textOf, toGlob } from '../glob-tokens.ts';
import type { Glob } from '../glob-tokens.ts';
import { parseTemplate, resolveTemplate } from '../variables.ts';
import type { Template } from '../variables.ts';
import { matching, notMatching, testing } from './value-test.ts';
import type { CompileValue, ValueTest } from './value-test.ts';

/** How an operator compares: whether `*` and `?` are wildcards, and how a pattern is tested. */
interface Comparison {
  readonly wildcards: boolean;
  readonly exact: (glob: Glob) => (value: string) => boolean | 'failed';
  /**
   * Tests a pattern with a `*` for each unknown variable; true wherever `exact` may be other than false for some value of the
   * variable.
   */
  readonly possible: (glob: Glob) => (value: string) => boolean;
}

/**
 * A test of a policy value with variables. Where a variable is unknown, a value that cannot match in any case is still a definite
 * no. `${*}` is a plain `*`, for operators with wildcards too.
 */
export function compileVariables(template: Template, { wildcards, exact, possible }: Comparison): ValueTest {
  const pieces = wildcards ? template : template.map((piece) => ('text' in piece ? { literal: piece.text } : piece));
  return {
    reach: 'some',
    isImpossible: (context) => resolveTemplate(pieces, context).state === 'missing',
    matches: (value, context) => {
      const resolution = resolveTemplate(pieces, context);
      if (resolution.state === 'missing') return false;
      if (resolution.state === 'resolved') return exact(resolution.glob)(value);
      return possible(resolution.glob)(value) ? resolution.variable : false;
    },
  };
}

/** Matches the pattern against the whole text. */
export const likeGlob = (glob: Glob): ((value: string) => boolean) => globMatcher(glob).matches;

/** Matches at least what the pattern matches ignoring case: a final sigma counts as a sigma, for an unknown variable may follow. */
export const ignoringCase = (glob: Glob): ((value: string) => boolean) => {
  const { matches } = globMatcher(glob.flatMap((token) => (token < 0 ? token : toGlob(fold(String.fromCharCode(token))))));
  return (value) => matches(fold(value));
};

const fold = (text: string): string => lowerCase(text).replaceAll('ς', 'σ');

/** Text in lower case as AWS maps it: characters outside the Basic Multilingual Plane keep their case. */
function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  if (!hasSurrogate.test(text)) return lower;
  const kept = text.match(supplementary) ?? [];
  let next = 0;
  return lower.replace(supplementary, (character) => kept[next++] ?? character);
}

const hasSurrogate = /[\ud800-\udbff]/;
const supplementary = /[\u{10000}-\u{10ffff}]/gu;

const equals: CompileValue = (value, variables) => {
  const template = variables ? parseTemplate(value) : undefined;
  return template === undefined
    ? testing((actual) => actual === value)
    : compileVariables(template, { wildcards: false, exact: likeGlob, possible: likeGlob });
};

const sameIgnoringCase = (wanted: string): ((value: string) => boolean) => {
  const lowered = lowerCase(wanted);
  return (value) => lowerCase(value) === lowered;
};

const equalsIgnoreCase: CompileValue = (value, variables) => {
  const template = variables ? parseTemplate(value) : undefined;
  if (template === undefined) return testing(sameIgnoringCase(value));
  return compileVariables(template, {
    wildcards: false,
    exact: (glob) => sameIgnoringCase(textOf(glob)),
    possible: ignoringCase,
  });
};

const like: CompileValue = (value, variables) => {
  const template = variables ? parseTemplate(value) : undefined;
  if (template !== undefined) return compileVariables(template, { wildcards: true, exact: likeGlob, possible: likeGlob });
  const { kind, matches } = globMatcher(toGlob(value));
  return { reach: kind === 'any' ? 'every' : 'some', matches };
};

/**
 * String operators; only `StringLike` supports wildcards, all support variables.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String
 */
export const stringOperators = {
  StringEquals: matching(equals),
  StringNotEquals: notMatching(equals),
  StringEqualsIgnoreCase: matching(equalsIgnoreCase),
  StringNotEqualsIgnoreCase: notMatching(equalsIgnoreCase),
  StringLike: matching(like),
  StringNotLike: notMatching(like),
};
