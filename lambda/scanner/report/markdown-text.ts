import { printable } from './printable.ts';

/** A text of which nothing is markup, math, a mention, a reference or a link. */
export const inline = (text: string): string =>
  printable(text)
    .replaceAll(/[\\`*_[\]<>|~&$]|^[-+#]|^\d+(?=[.)])/g, '\\$&')
    .replaceAll(/[@#](?=\w)|:(?=\/\/)|\bwww(?=\.)/g, '$&<!-- -->');

/** More backticks than the text has in a row, and at least so many. */
const fenceFor = (text: string, least: number): string =>
  '`'.repeat(Math.max(least, ...(text.match(/`+/g) ?? []).map((run) => run.length + 1)));

/** A text as code in a line. */
export const code = (text: string): string => {
  const fence = fenceFor(text, 1);
  return text.includes('`') ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
};

/** A text as a block of code in this language. */
export const fenced = (language: string, text: string): string =>
  `${fenceFor(text, 3)}${language}\n${text}\n${fenceFor(text, 3)}`;
