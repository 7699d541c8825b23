import wrapAnsi from 'wrap-ansi';
import { partsOf } from '../commands-in-text.ts';

/** Sets texts in lines. */
export interface Layout {
  /** The number of characters of a line; absent: lines are as long as what they say. */
  readonly width: number | undefined;
  /** A paragraph: its first line indented by `first` spaces, the others by `rest`. Commands and words are never broken. */
  readonly paragraph: (text: string, first?: number, rest?: number) => string;
}

/** Sets texts for a terminal of this width. */
export const layoutFor = (width: number | undefined): Layout => ({
  width,
  paragraph: (text, first = 0, rest = first) => {
    const lines = width === undefined ? [text] : wrapped(text, width - Math.max(first, rest));
    return lines.map((line, index) => `${' '.repeat(index === 0 ? first : rest)}${line}`).join('\n');
  },
});

/** The lines of a text. A command counts as one word, so that it can be copied as it is. */
function wrapped(text: string, width: number): readonly string[] {
  const glue = absentFrom(text);
  const glued = partsOf(text)
    .map((part) => (part.kind === 'command' ? part.text.replaceAll(' ', glue) : part.text))
    .join('');
  return wrapAnsi(glued, Math.max(width, 1))
    .split('\n')
    .map((line) => line.replaceAll(glue, ' '));
}

/** A character of private use that the text does not have. */
function absentFrom(text: string): string {
  let code = 0xe000;
  while (text.includes(String.fromCharCode(code))) code += 1;
  return String.fromCharCode(code);
}
