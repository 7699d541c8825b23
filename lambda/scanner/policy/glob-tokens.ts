/** `*` in a {@link Glob}: any run of characters, none included. */
export const ANY = -1;

/** `?` in a {@link Glob}: exactly one UTF-16 code unit. */
export const ONE = -2;

/**
 * A pattern as UTF-16 code units, {@link ANY} and {@link ONE}; adjacent stars are one. AWS counts in code units too: an emoji is two
 * of them, and so needs `??`.
 */
export type Glob = readonly number[];

/** Parses a pattern. */
export function toGlob(pattern: string): Glob {
  const glob: number[] = [];
  appendPattern(glob, pattern);
  return glob;
}

/** Adds text in which `*` and `?` are wildcards. */
export function appendPattern(glob: number[], pattern: string): void {
  for (let at = 0; at < pattern.length; at++) {
    if (pattern[at] === '*') appendAny(glob);
    else glob.push(pattern[at] === '?' ? ONE : pattern.charCodeAt(at));
  }
}

/** Adds text in which nothing is a wildcard. */
export function appendLiteral(glob: number[], text: string): void {
  for (let at = 0; at < text.length; at++) glob.push(text.charCodeAt(at));
}

/** Adds a star, unless one is there already. */
export function appendAny(glob: number[]): void {
  if (glob.at(-1) !== ANY) glob.push(ANY);
}

/** The text of a glob without wildcards. */
export const textOf = (glob: Glob): string => glob.map((unit) => String.fromCharCode(unit)).join('');
