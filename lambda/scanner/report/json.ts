import type { Report } from '../model/report.ts';

/**
 * A value as JSON for a file, a pipe or a terminal, in pieces: a text of all of it can be longer than a string may be. Each member is
 * indented by two spaces. Each item of a list is one line: indenting the items took a quarter of the file of a large organization.
 * Control characters that JSON allows in a text are escaped, because a terminal may interpret them. A JSON parser restores them.
 */
export function* jsonPieces(value: object): Generator<string> {
  let before = '{\n';
  for (const [key, part] of Object.entries(value) as readonly (readonly [string, unknown])[]) {
    if (part === undefined) continue;
    yield `${before}  ${JSON.stringify(key)}: `;
    if (Array.isArray(part) && part.length > 0) yield* listPieces(part);
    else yield safe(JSON.stringify(part, undefined, 2).replaceAll('\n', '\n  '));
    before = ',\n';
  }
  yield '\n}\n';
}

function* listPieces(items: readonly unknown[]): Generator<string> {
  let before = '[\n';
  for (const item of items) {
    yield `${before}    ${safe(JSON.stringify(item))}`;
    before = ',\n';
  }
  yield '\n  ]';
}

/** A value as one line of JSON, with the line end. */
export const jsonLine = (value: object): string => `${safe(JSON.stringify(value))}\n`;

const safe = (text: string): string => (BEYOND_ASCII.test(text) ? text.replaceAll(OBEYED, escaped) : text);

// Nearly every report is plain ASCII. Testing for that is faster than replacing.
const BEYOND_ASCII = /[\u007F-\uFFFF]/;
const OBEYED = /[\u007F-\u009F\p{Cf}\u2028\u2029]/gu;

const escaped = (character: string): string =>
  Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`).join(
    '',
  );

/** The report as JSON. */
export const renderJson = (report: Report): Iterable<string> => jsonPieces(report);
