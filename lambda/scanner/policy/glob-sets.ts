import { ANY, ONE, toGlob } from './glob-tokens.ts';
import type { Glob } from './glob-tokens.ts';

/** What is written where both patterns have a wildcard. */
interface Filler {
  readonly star: string;
  readonly one: string;
}

/** A word that does not look like a real name. */
const wordFiller: Filler = { star: 'any', one: 'x' };

const wildcardFiller: Filler = { star: '*', one: '?' };

/**
 * A text that both patterns match, or undefined where there is none. Fixed text of either pattern is kept; where both have a `*`
 * the text is `any`. Case-sensitive; time and memory grow with the product of the two lengths.
 */
export const intersectGlobs = (a: string, b: string): string | undefined => intersection(a, b, wordFiller);

/** A pattern of texts that both patterns match: like {@link intersectGlobs}, but common wildcards stay wildcards. */
export const narrowGlob = (a: string, b: string): string | undefined => intersection(a, b, wildcardFiller);

function intersection(a: string, b: string, filler: Filler): string | undefined {
  const left = toGlob(a);
  const right = toGlob(b);
  if (prefixesClash(left, right)) return undefined;
  const canFinish = reachability(left, right);
  return canFinish(0, 0) ? witness(left, right, canFinish, filler) : undefined;
}

/**
 * Whether `outer` matches every text that `inner` matches. Case-sensitive. True is always right. False may be wrong only where
 * `outer` mixes `?` with other text: a `*` of `inner` is matched only by a `*` of `outer`.
 */
export function globCovers(outer: string, inner: string): boolean {
  const pattern = orderWildcards(toGlob(outer));
  const text = orderWildcards(toGlob(inner));
  if (pattern.at(-1) === ANY && pattern.slice(0, -1).every((token) => token === ONE)) return shortest(text) >= shortest(pattern);
  let at = 0;
  let next = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    if (pattern[next] === ANY) {
      star = next++;
      resume = at;
    } else if (pattern[next] === text[at] || (pattern[next] === ONE && text[at] !== ANY)) {
      at++;
      next++;
    } else if (star === -1) {
      return false;
    } else {
      at = ++resume;
      next = star + 1;
    }
  }
  while (pattern[next] === ANY) next++;
  return next === pattern.length;
}

/** The length of the shortest text that matches. */
const shortest = (glob: Glob): number => glob.filter((token) => token !== ANY).length;

/** Writes each run of wildcards as `???*`: `*?`, `?*` and `*?*` mean the same. */
function orderWildcards(glob: Glob): Glob {
  const ordered: number[] = [];
  let star = false;
  for (const token of glob) {
    if (token === ANY) star = true;
    else {
      if (token !== ONE && star) ordered.push(ANY);
      if (token !== ONE) star = false;
      ordered.push(token);
    }
  }
  if (star) ordered.push(ANY);
  return ordered;
}

function prefixesClash(left: Glob, right: Glob): boolean {
  for (let index = 0; index < left.length && index < right.length; index++) {
    const a = left[index] ?? ANY;
    const b = right[index] ?? ANY;
    if (a < 0 || b < 0) return false;
    if (a !== b) return true;
  }
  return false;
}

/** Whether the remainders of both patterns, from these positions, have a text in common; one bit for each pair of positions. */
function reachability(left: Glob, right: Glob): (i: number, j: number) => boolean {
  const width = right.length + 1;
  const bits = new Uint8Array(((left.length + 1) * width + 7) >> 3);
  const get = (i: number, j: number): boolean => {
    const cell = i * width + j;
    return ((bits[cell >> 3] ?? 0) & (1 << (cell & 7))) !== 0;
  };
  for (let i = left.length; i >= 0; i--) {
    for (let j = right.length; j >= 0; j--) {
      if (!canFinishFrom(left, right, i, j, get)) continue;
      const cell = i * width + j;
      bits[cell >> 3] = (bits[cell >> 3] ?? 0) | (1 << (cell & 7));
    }
  }
  return get;
}

function canFinishFrom(left: Glob, right: Glob, i: number, j: number, get: (i: number, j: number) => boolean): boolean {
  const a = left[i];
  const b = right[j];
  if (a === undefined && b === undefined) return true;
  if (a === ANY && (get(i + 1, j) || (b !== undefined && b !== ANY && get(i, j + 1)))) return true;
  if (b === ANY && (get(i, j + 1) || (a !== undefined && a !== ANY && get(i + 1, j)))) return true;
  if (a === undefined || b === undefined || a === ANY || b === ANY) return false;
  return (a === b || a === ONE || b === ONE) && get(i + 1, j + 1);
}

/** Follows pairs of positions from which both patterns can finish, and writes the text of each step. */
function witness(left: Glob, right: Glob, canFinish: (i: number, j: number) => boolean, { star, one }: Filler): string {
  let text = '';
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    const a = left[i];
    const b = right[j];
    if (a === ANY && b === ANY) text += star;
    if (a === ANY && canFinish(i + 1, j)) i++;
    else if (b === ANY && canFinish(i, j + 1)) j++;
    else {
      text += characterOf(a, b) ?? one;
      if (a !== ANY) i++;
      if (b !== ANY) j++;
    }
  }
  return text;
}

function characterOf(a: number | undefined, b: number | undefined): string | undefined {
  const unit = Math.max(a ?? ANY, b ?? ANY);
  return unit < 0 ? undefined : String.fromCharCode(unit);
}
