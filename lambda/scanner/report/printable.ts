/**
 * Text from AWS, made safe for a terminal and a log: control characters (including those that move the cursor or set colors) and
 * marks that reorder text are shown as code points.
 */
export const printable = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
