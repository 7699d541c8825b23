import { styleText } from 'node:util';
import type { Severity } from '../model/severity.ts';

type Style = 'bold' | 'dim' | 'green' | 'yellow' | 'cyan' | 'red' | 'magenta' | Severity;

/** Colors a text, or leaves it plain. */
export type Paint = (style: Style, text: string) => string;

const severityStyles = {
  CRITICAL: ['bold', 'red'],
  HIGH: ['red'],
  MEDIUM: ['yellow'],
  LOW: ['cyan'],
  INFORMATIONAL: ['dim'],
} as const satisfies Record<Severity, readonly string[]>;

const isSeverity = (style: Style): style is Severity => style in severityStyles;

/** Returns a function that colors text, or one that leaves it plain. */
export const paintFor = (color: boolean): Paint =>
  color
    ? (style, text) => styleText(isSeverity(style) ? [...severityStyles[style]] : style, text, { validateStream: false })
    : (_style, text) => text;
