import { ANY, ONE, textOf, toGlob } from './glob-tokens.ts';
import type { Glob } from './glob-tokens.ts';

export { globCovers, intersectGlobs, narrowGlob } from './glob-sets.ts';

/** A compiled pattern. `kind` says how it compares: always true, whole text, beginning of the text, or character by character. */
export interface GlobMatcher {
  readonly kind: 'any' | 'exact' | 'prefix' | 'glob';
  readonly matches: (text: string) => boolean;
}

/** How {@link compileGlob} compares; action names ignore case, resources do not. */
export interface GlobOptions {
  readonly ignoreCase?: boolean;
}

/**
 * Compiles a pattern of `*` and `?`. A `*` also matches `:` and `/`, as it does in Action and Resource.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html#reference_policies_elements_resource_wildcards
 */
export function compileGlob(pattern: string, options: GlobOptions = {}): GlobMatcher {
  if (options.ignoreCase !== true) return textMatcher(pattern);
  const { kind, matches } = textMatcher(pattern.toLowerCase());
  return { kind, matches: (text) => matches(text.toLowerCase()) };
}

/** Most patterns are plain text, perhaps with a `*` at the end; these need no parsing. */
function textMatcher(pattern: string): GlobMatcher {
  const wild = pattern.search(/[*?]/);
  if (wild === -1) return exactly(pattern);
  if (wild < pattern.length - 1 || pattern[wild] === '?') return globMatcher(toGlob(pattern));
  return wild === 0 ? anything : beginningWith(pattern.slice(0, -1));
}

/** The fastest matcher for a parsed pattern. */
export function globMatcher(glob: Glob): GlobMatcher {
  const wild = glob.findIndex((token) => token < 0);
  if (wild === -1) return exactly(textOf(glob));
  if (wild < glob.length - 1 || glob[wild] === ONE) return { kind: 'glob', matches: (text) => matchGlob(glob, text) };
  return wild === 0 ? anything : beginningWith(textOf(glob.slice(0, wild)));
}

const anything: GlobMatcher = { kind: 'any', matches: () => true };
const exactly = (whole: string): GlobMatcher => ({ kind: 'exact', matches: (text) => text === whole });
const beginningWith = (prefix: string): GlobMatcher => ({ kind: 'prefix', matches: (text) => text.startsWith(prefix) });

/**
 * Whether the pattern matches the whole text. Only the last `*` is ever retried, so the time is at most the length of the text
 * times the longest run between two stars, however many stars there are.
 */
export function matchGlob(glob: Glob, text: string): boolean {
  let at = 0;
  let next = 0;
  let afterStar = -1;
  let resume = 0;
  while (at < text.length) {
    const token = glob[next];
    if (token === ANY) {
      afterStar = ++next;
      resume = at;
    } else if (token === ONE || token === text.charCodeAt(at)) {
      at++;
      next++;
    } else if (afterStar === -1) {
      return false;
    } else {
      at = ++resume;
      next = afterStar;
    }
  }
  while (glob[next] === ANY) next++;
  return next === glob.length;
}
