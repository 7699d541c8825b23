/** Escapes text for Markdown. Text between backticks stays code. */
export const escapeMarkdown = (text: string): string =>
  text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replaceAll(/[\\*_<>[\]|]/g, String.raw`\$&`)))
    .join('');

/** A table. The cells are Markdown; a `|` in them must be escaped. */
export const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** A fenced block of code. */
export const codeBlock = (language: string, code: string): string => `\`\`\`${language}\n${code.trimEnd()}\n\`\`\``;

/** Words as a list of code spans. */
export const codes = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(', ');
