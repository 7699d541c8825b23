import { globMatcher } from '../glob.ts';
import { toGlob } from '../glob-tokens.ts';
import type { Glob } from '../glob-tokens.ts';
import { parseTemplate } from '../variables.ts';
import { compileVariables, likeGlob } from './string.ts';
import { matchesNothing, matching, notMatching, testing } from './value-test.ts';
import type { CompileValue } from './value-test.ts';

const COLON = 0x3a;

/** `arn`, partition, service, Region, account and resource. */
const PARTS = 6;

const arnLike: CompileValue = (value, variables) => {
  const template = variables ? parseTemplate(value) : undefined;
  // An unknown variable may contain colons and so shift the parts: possible matches are tested on the whole text.
  if (template !== undefined) return compileVariables(template, { wildcards: true, exact: likeParts, possible: likeGlob });
  const glob = toGlob(value);
  return splitGlob(glob).length < PARTS ? matchesNothing : testing(likeParts(glob));
};

/** Matches each of the six parts on its own: a `*` matches no colon, except inside the resource. */
function likeParts(glob: Glob): (value: string) => boolean {
  const matchers = splitGlob(glob).map((part) => globMatcher(part).matches);
  return (value) => {
    const parts = splitArn(value);
    return parts.length === PARTS && matchers.length === PARTS && matchers.every((matches, at) => matches(parts[at] ?? ''));
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

function splitArn(arn: string): readonly string[] {
  const parts = arn.split(':');
  return parts.length <= PARTS ? parts : [...parts.slice(0, PARTS - 1), parts.slice(PARTS - 1).join(':')];
}

/**
 * ARN operators; `ArnEquals` and `ArnLike` are the same.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export const arnOperators = {
  ArnEquals: matching(arnLike),
  ArnNotEquals: notMatching(arnLike),
  ArnLike: matching(arnLike),
  ArnNotLike: notMatching(arnLike),
};
