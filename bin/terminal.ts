import type { Instant } from '../lambda/scanner/model/instant.ts';

/** The parts of the process that a command may use: the two streams, what they can show, and the clock. */
export interface Terminal {
  readonly print: (text: string) => void;
  readonly warn: (text: string) => void;
  readonly showsColor: boolean;
  readonly showsProgress: boolean;
  /** The characters of a line; absent: not a terminal, and nothing says how wide. */
  readonly width?: number | undefined;
  readonly now: () => Instant;
}

/** The width of a line, unless it is unknown or too small to set a text in. */
export function widthOf(columns: number): number | undefined {
  return columns >= 40 ? columns : undefined;
}
