/**
 * Quotes a word for a POSIX shell, so that a hostile name is always a plain argument. A name that ends like a sentence is quoted too: a
 * user can be named `ann.`, and a command for `ann` would be about someone else.
 */
export const shellQuote = (word: string): string =>
  /^[\w@%+=:,./-]*[\w@%+=/-]$/.test(word) && !word.startsWith('=') ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/**
 * An AWS CLI command with its options, ready to paste. A value that begins with a dash is joined to its option by `=`. Control
 * characters, which no name in AWS has, are removed.
 */
export const cli = (command: string, options: Readonly<Record<string, string>> = {}): string =>
  ['aws', command, ...Object.entries(options).map(([name, value]) => option(name, value.replaceAll(/\p{Cc}/gu, '')))].join(' ');

const option = (name: string, value: string) => `--${name}${value.startsWith('-') ? '=' : ' '}${shellQuote(value)}`;
