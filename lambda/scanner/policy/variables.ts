import type { Context, Controller } from './context.ts';
import { appendAny, appendLiteral, appendPattern } from './glob-tokens.ts';
import type { Glob } from './glob-tokens.ts';
import { isMultivalued } from './multivalued-keys.ts';

/** A variable `${key}` or `${key, 'fallback'}`; `key` is in lower case. */
interface Variable {
  readonly key: string;
  readonly fallback?: string;
}

/** A part of a template: text, text in which nothing is a wildcard (`${*}`), a variable, or one that never has a value. */
type Piece = { readonly text: string } | { readonly literal: string } | { readonly missing: true } | Variable;

/** A policy string with variables, parsed. */
export type Template = readonly Piece[];

/** A variable whose value is unknown. */
export interface UnknownVariable {
  readonly key: string;
  readonly controlledBy: Controller;
}

/**
 * A template with its values filled in. `missing`: a variable has no value, so nothing equals it. `unknown`: a variable could
 * have any value; the glob then has a `*` in its place, so what it does not match cannot match.
 */
export type Resolution =
  | { readonly state: 'resolved'; readonly glob: Glob }
  | { readonly state: 'missing' }
  | { readonly state: 'unknown'; readonly glob: Glob; readonly variable: UnknownVariable };

const variable = /\$\{(?:([*?$])|\s*([^\s,{}'][^,{}']*)(?:,\s*'([^']*)'\s*)?)\}/g;

/**
 * The template of a policy string, or undefined where it has no variable. Only for policies of version 2012-10-17: in older ones
 * `${…}` is plain text. A malformed variable stays text.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function parseTemplate(text: string): Template | undefined {
  if (!text.includes('${')) return undefined;
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(variable)) {
    const [whole, special, key = '', fallback] = match;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    end = match.index + whole.length;
    if (special !== undefined) pieces.push({ literal: special });
    else pieces.push(toVariable(key.trim().toLowerCase(), fallback));
  }
  if (pieces.length === 0) return undefined;
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

/**
 * A multivalued key cannot be a variable: it has no value then, and its default is not used either.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
function toVariable(key: string, fallback: string | undefined): Piece {
  if (isMultivalued(key)) return { missing: true };
  return fallback === undefined ? { key } : { key, fallback };
}

/**
 * Fills in the values of the request. Values are literal: a `*` in a tag is no wildcard. A key with several values cannot be a
 * variable. A variable without a value equals nothing, so a negated operator is true for it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value
 */
export function resolveTemplate(template: Template, context: Context): Resolution {
  const glob: number[] = [];
  let unknown: UnknownVariable | undefined;
  for (const piece of template) {
    if ('text' in piece) appendPattern(glob, piece.text);
    else if ('literal' in piece) appendLiteral(glob, piece.literal);
    else if ('missing' in piece) return { state: 'missing' };
    else {
      const value = valueOf(piece, context);
      if (value === undefined) return { state: 'missing' };
      if (typeof value === 'string') appendLiteral(glob, value);
      else {
        appendAny(glob);
        unknown ??= value;
      }
    }
  }
  return unknown === undefined ? { state: 'resolved', glob } : { state: 'unknown', glob, variable: unknown };
}

function valueOf({ key, fallback }: Variable, context: Context): string | UnknownVariable | undefined {
  const value = context(key);
  if (value.state === 'unknown') return { key, controlledBy: value.controlledBy };
  if (value.state === 'absent' || value.values.length === 0) return fallback;
  return value.values.length === 1 ? value.values[0] : undefined;
}
