import type { Context } from './context.ts';
import { compileGlob, globMatcher } from './glob.ts';
import type { Match } from './conditions/value-test.ts';
import type { PatternSet } from './policy.ts';
import { parseTemplate, resolveTemplate } from './variables.ts';

/** Whether one resource pattern matches a resource: yes, no, or it depends on an unknown variable. */
export type ResourceMatcher = (resource: string, context: Context) => Match;

/** `Resource` or (`negated`) `NotResource`, compiled. A statement without either applies to every resource. */
export interface CompiledResources {
  readonly negated: boolean;
  readonly patterns: readonly string[];
  /** Whether a pattern has a policy variable, so that the context matters. */
  readonly hasVariables: boolean;
  readonly matchers: readonly ResourceMatcher[];
}

/** One pattern, compiled. */
interface CompiledPattern {
  readonly hasVariables: boolean;
  readonly matches: ResourceMatcher;
}

const everyResource: CompiledResources = { negated: false, patterns: ['*'], hasVariables: false, matchers: [() => true] };

/** Compiles a resource pattern, case-sensitive. */
function compilePattern(pattern: string, variables: boolean): CompiledPattern {
  const template = variables ? parseTemplate(pattern) : undefined;
  if (template === undefined) return { hasVariables: false, matches: compileGlob(pattern).matches };
  return {
    hasVariables: true,
    matches: (resource, context) => {
      const resolution = resolveTemplate(template, context);
      if (resolution.state === 'missing' || !globMatcher(resolution.glob).matches(resource)) return false;
      return resolution.state === 'resolved' ? true : resolution.variable;
    },
  };
}

/** Compiles the element; `variables` says whether `${…}` is a variable in this version of the language. */
export function compileResources(element: PatternSet | undefined, variables: boolean): CompiledResources {
  if (element === undefined) return everyResource;
  const compiled = element.patterns.map((pattern) => compilePattern(pattern, variables));
  return {
    ...element,
    hasVariables: compiled.some(({ hasVariables }) => hasVariables),
    matchers: compiled.map(({ matches }) => matches),
  };
}

/**
 * Whether the element matches the resource. The resource `*` stands for an action without resource-level permissions; only
 * patterns that match the single character `*` match it.
 */
export function matchResource({ negated, matchers }: CompiledResources, resource: string, context: Context): Match {
  let unknown: Match = false;
  for (const matches of matchers) {
    const match = matches(resource, context);
    if (match === true) return !negated;
    if (match !== false) unknown = match;
  }
  return unknown === false ? negated : unknown;
}
