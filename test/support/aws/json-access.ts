import type { Json } from '../../../lambda/scanner/model/json.ts';

/** A JSON object. */
export type JsonObject = Readonly<Record<string, Json>>;

/** Whether the value is a JSON object. */
export const isObject = (json: Json | undefined): json is JsonObject =>
  typeof json === 'object' && json !== null && !isList(json);

/** Whether the value is a JSON list; `Array.isArray` alone would make its items `any`. */
export const isList = (json: Json | undefined): json is readonly Json[] => Array.isArray(json);

/** A field of an object; undefined where there is none, and never what JavaScript's objects inherit. */
export const field = (json: Json | undefined, name: string): Json | undefined =>
  isObject(json) && Object.hasOwn(json, name) ? json[name] : undefined;

/** A field that holds text; undefined where it does not. */
export const text = (json: Json | undefined, name: string): string | undefined => {
  const value = field(json, name);
  return typeof value === 'string' ? value : undefined;
};

/** A field that holds a list; empty where it does not. */
export const list = (json: Json | undefined, name: string): readonly Json[] => {
  const value = field(json, name);
  return isList(value) ? value : [];
};
