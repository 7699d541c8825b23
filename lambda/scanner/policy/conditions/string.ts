import { globMatcher } from '../glob.ts';
import { toGlob } from '../glob-tokens.ts';
import type { Glob } from '../glob-tokens.ts';
import { parseTemplate, resolveTemplate } from '../variables.ts';
import type { Template } from '../variables.ts';
import { matching, notMatching, testing } from './value-test.ts';
import type { CompileValue, ValueTest } from './value-test.ts';

/** Builds the test of one pattern. */
type CompareGlob = (glob: Glob) => (value: string) => boolean;

/** How an operator compares: whether `*` and `?` are wildcards, and how a pattern is tested. */
interface Comparison {
  readonly wildcards: boolean;
  readonly exact: CompareGlob;
  /**
   * Tests a pattern with a `*` for each unknown variable; it matches at least what `exact` matches for any value of the variable.
   */
  readonly possible: CompareGlob;
}

/**
 * A test of a policy value with variables. Where a variable is unknown, a value that cannot match in any case is still a definite
 * no. `${*}` is a plain `*`, for operators with wildcards too.
 */
export function compileVariables(template: Template, { wildcards, exact, possible }: Comparison): ValueTest {
  const pieces = wildcards ? template : template.map((piece) => ('text' in piece ? { literal: piece.text } : piece));
  return {
    reach: 'some',
    matches: (value, context) => {
      const resolution = resolveTemplate(pieces, context);
      if (resolution.state === 'missing') return false;
      if (resolution.state === 'resolved') return exact(resolution.glob)(value);
      return possible(resolution.glob)(value) ? resolution.variable : false;
    },
  };
}

/** Matches the pattern against the whole text. */
export const likeGlob: CompareGlob = (glob) => globMatcher(glob).matches;

/** Matches the pattern against the whole text, case-insensitive. */
export const ignoringCase: CompareGlob = (glob) => {
  const lowered: Glob = glob.flatMap((token) => (token < 0 ? token : toCharacters(String.fromCodePoint(token).toLowerCase())));
  const { matches } = globMatcher(lowered);
  return (value) => matches(value.toLowerCase());
};

const toCharacters = (text: string): Glob => Array.from(text, (character) => character.codePointAt(0) ?? 0);

const equals: CompileValue = (value, variables) => {
  const template = variables ? parseTemplate(value) : undefined;
  return template === undefined
    ? testing((actual) => actual === value)
    : compileVariables(template, { wildcards: false, exact: likeGlob, possible: likeGlob });
};

const equalsIgnoreCase: CompileValue = (value, variables) => {
  const template = variables ? parseTemplate(value) : undefined;
  if (template !== undefined)
    return compileVariables(template, { wildcards: false, exact: ignoringCase, possible: ignoringCase });
  const lowered = value.toLowerCase();
  return testing((actual) => actual.toLowerCase() === lowered);
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
