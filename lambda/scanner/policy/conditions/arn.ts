import { globMatcher } from '../glob.ts';
import { toGlob } from '../glob-tokens.ts';
import type { Glob } from '../glob-tokens.ts';
import { parseTemplate } from '../variables.ts';
import { compileVariables, likeGlob } from './string.ts';
import { areImpossible, notMatchingReadable, testing } from './value-test.ts';
import type { CompileValue, CompileValues, Operator, ValueMatch } from './value-test.ts';

const COLON = 0x3a;

/** `arn`, partition, service, Region, account and resource. */
const PARTS = 6;

/** Tests the patterns in their order, up to the first that matches or is malformed. */
const arnsLike: CompileValues = (values, variables) => {
  const tests = values.map((value) => arnLike(value, variables));
  return {
    reach: tests.length === 0 ? 'none' : 'some',
    isImpossible: areImpossible(tests),
    matches: (value, context) => {
      if (!isArn(value)) return 'malformed';
      let unknown: ValueMatch = false;
      for (const test of tests) {
        const match = test.matches(value, context);
        if (match === true || match === 'failed') return unknown === false ? match : unknown;
        if (match !== false && unknown === false) unknown = match;
      }
      return unknown;
    },
  };
};

const arnLike: CompileValue = (value, variables) => {
  const template = variables ? parseTemplate(value) : undefined;
  if (template === undefined) return testing(likeParts(toGlob(value)));
  // An unknown variable may contain colons and so shift the parts: possible matches are tested on the whole text.
  const possible = (glob: Glob): ((value: string) => boolean) => (splitGlob(glob).length < PARTS ? () => true : likeGlob(glob));
  return compileVariables(template, { wildcards: true, exact: likeParts, possible });
};

/** Matches each of the six parts on its own: a `*` matches no colon, except inside the resource. */
function likeParts(glob: Glob): (value: string) => boolean | 'failed' {
  const matchers = splitGlob(glob).map((part) => globMatcher(part).matches);
  if (matchers.length < PARTS) return () => 'failed';
  return (value) => {
    const parts = splitArn(value);
    return matchers.every((matches, at) => matches(parts[at] ?? ''));
  };
}

function splitGlob(glob: Glob): readonly Glob[] {
  const parts: number[][] = [[]];
  for (const token of glob) {
    if (token === COLON && parts.length < PARTS) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

function isArn(text: string): boolean {
  if (!text.startsWith('arn:')) return false;
  let at = 0;
  for (let colons = 1; colons < PARTS; colons++) {
    at = text.indexOf(':', at) + 1;
    if (at === 0) return false;
  }
  return true;
}

function splitArn(arn: string): readonly string[] {
  const parts = arn.split(':');
  return parts.length <= PARTS ? parts : [...parts.slice(0, PARTS - 1), parts.slice(PARTS - 1).join(':')];
}

const like: Operator = { negated: false, compile: arnsLike };
const notLike = notMatchingReadable(arnsLike);

/**
 * ARN operators; `ArnEquals` and `ArnLike` are the same.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export const arnOperators = { ArnEquals: like, ArnNotEquals: notLike, ArnLike: like, ArnNotLike: notLike };
