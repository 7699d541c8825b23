/** `*` in a {@link Glob}: any run of characters, none included. */
export const ANY = -1;

/** `?` in a {@link Glob}: exactly one character. */
export const ONE = -2;

/** A pattern as code points (so that one emoji is one character), {@link ANY} and {@link ONE}; adjacent stars are one. */
export type Glob = readonly number[];

/** Parses a pattern. */
export function toGlob(pattern: string): Glob {
  const glob: number[] = [];
  appendPattern(glob, pattern);
  return glob;
}

/** Adds text in which `*` and `?` are wildcards. */
export function appendPattern(glob: number[], pattern: string): void {
  for (const character of pattern) {
    if (character === '*') appendAny(glob);
    else glob.push(character === '?' ? ONE : (character.codePointAt(0) ?? 0));
  }
}

/** Adds text in which nothing is a wildcard. */
export function appendLiteral(glob: number[], text: string): void {
  for (const character of text) glob.push(character.codePointAt(0) ?? 0);
}

/** Adds a star, unless one is there already. */
export function appendAny(glob: number[]): void {
  if (glob.at(-1) !== ANY) glob.push(ANY);
}

/** The text of a glob without wildcards. */
export const textOf = (glob: Glob): string => glob.map((character) => String.fromCodePoint(character)).join('');
