import type { Json } from '../../lambda/scanner/model/json.ts';

/** A JSON object as it is; the generators make nothing else here. */
export function object(json: Json | undefined): Record<string, Json> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new Error('not an object');
  return Object.fromEntries(Object.entries(json));
}

/** A list, or one thing as a list of one. */
export function list(json: Json | undefined): readonly Json[] {
  if (json === undefined) return [];
  return Array.isArray(json) ? json.map((item: Json) => item) : [json];
}

/** The texts of a list, or the one text. */
export const texts = (json: Json | undefined): readonly string[] =>
  list(json).map((item) => {
    if (typeof item === 'object') throw new Error('not a text');
    return String(item);
  });
