import type { Report } from '../model/report.ts';

/**
 * A value as JSON for a file, a pipe or a terminal, indented by two spaces. Control characters that JSON allows in a text are escaped,
 * because a terminal may interpret them. A JSON parser restores them.
 */
export function jsonText(value: unknown): string {
  const text = `${JSON.stringify(value, undefined, 2)}\n`;
  return BEYOND_ASCII.test(text) ? text.replaceAll(OBEYED, escaped) : text;
}

// Nearly every report is plain ASCII. Testing for that is faster than replacing.
const BEYOND_ASCII = /[\u007F-\uFFFF]/;
const OBEYED = /[\u007F-\u009F\p{Cf}\u2028\u2029]/gu;

const escaped = (character: string): string =>
  Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`).join(
    '',
  );

/** The report as JSON. */
export const renderJson = (report: Report): string => jsonText(report);
