import type { Json } from '../model/json.ts';

/** Thrown only inside the parser, where the document is not a policy; the message tells the place. */
export class Malformed extends Error {}

/** A JSON object. */
export type JsonObject = Readonly<Record<string, Json>>;

/**
 * The longest pattern or value accepted, in characters: the largest identity policy that IAM stores.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const MAX_TEXT_LENGTH = 10_240;

/** Whether the value is a list. */
export const isList = (json: Json): json is readonly Json[] => Array.isArray(json);

/** Input text for a message: quoted, escaped and shortened. */
export const quote = (text: string): string => JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);

/** The object at `place`. */
export function readObject(json: Json, place: string): JsonObject {
  if (typeof json !== 'object' || json === null || isList(json)) throw new Malformed(`${place} is not an object`);
  return json;
}

/** The object at `place`, with no element other than `known`; element names are case-sensitive. */
export function readElements(json: Json, known: ReadonlySet<string>, place: string): JsonObject {
  const object = readObject(json, place);
  const unknown = Object.keys(object).find((name) => !known.has(name));
  if (unknown !== undefined) throw new Malformed(`${place} has an unknown element ${quote(unknown)}`);
  return object;
}

/** The items of a list, or a single item without brackets. */
export const readList = (json: Json): readonly Json[] => (isList(json) ? json : [json]);

/** The text at `place`. */
export function readString(json: Json, place: string): string {
  if (typeof json !== 'string') throw new Malformed(`${place} is not a string`);
  if (json.length > MAX_TEXT_LENGTH) throw new Malformed(`${place} is longer than ${MAX_TEXT_LENGTH} characters`);
  return json;
}

/** The texts of a list, or a single text without brackets. */
export const readStrings = (json: Json, place: string): readonly string[] =>
  readList(json).map((item, index) => readString(item, `${place}[${index}]`));

/** The one of the two elements that is present, or undefined; both at once are rejected. */
export function readEither(
  object: JsonObject,
  name: string,
  place: string,
): { negated: boolean; json: Json; place: string } | undefined {
  const plain = ownValue(object, name);
  const inverse = ownValue(object, `Not${name}`);
  if (plain !== undefined && inverse !== undefined) throw new Malformed(`${place} has both ${name} and Not${name}`);
  if (plain !== undefined) return { negated: false, json: plain, place: `${place}.${name}` };
  if (inverse !== undefined) return { negated: true, json: inverse, place: `${place}.Not${name}` };
  return undefined;
}

/** The object's own element, never one inherited from `Object.prototype`. */
export function ownValue(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
