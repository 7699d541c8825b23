import type { Json } from '../../model/json.ts';
import { decodeDocument } from '../../model/policy-document.ts';
import { Unresolvable } from '../unresolvable.ts';
import { textOf } from './functions.ts';
import type { Resolver } from './resolver.ts';

/** The properties of a resource, with their functions carried out when they are asked for. */
export interface Properties {
  /** A text; undefined: it is not set. Throws {@link Unresolvable}. */
  readonly text: (name: string) => string | undefined;
  /** The same for one that the resource cannot do without. */
  readonly requiredText: (name: string) => string;
  /** A policy document; null: it is not set. Throws {@link Unresolvable}. */
  readonly document: (name: string) => Json;
  /** The items of a list, each asked for by itself, so that one that is not known hides no other. Never throws itself. */
  readonly each: (name: string) => readonly (() => Json)[];
}

/** Reads the properties of a resource. */
export function propertiesOf(json: Readonly<Record<string, Json>>, resolve: Resolver['resolve']): Properties {
  const written = (name: string) => (Object.hasOwn(json, name) ? json[name] : undefined);
  const value = (name: string) => {
    const found = written(name);
    return found === undefined ? undefined : resolve(found);
  };
  const text = (name: string) => {
    const found = value(name);
    return found === undefined ? undefined : textOf(found);
  };
  const requiredText = (name: string) => {
    const found = text(name);
    if (found === undefined) throw new Unresolvable(`${name} is missing`);
    return found;
  };
  const document = (name: string) => decodeDocument(value(name) ?? null);
  const each = (name: string): readonly (() => Json)[] => {
    const found = written(name);
    if (Array.isArray(found)) return (found as readonly Json[]).flatMap((item) => thunksOf(() => resolve(item)));
    return thunksOf(() => value(name)).flatMap((item) => listItems(item, name));
  };
  return { text, requiredText, document, each };
}

/** The value when it is asked for; none where it is `AWS::NoValue`. */
function thunksOf(resolved: () => Json | undefined): readonly (() => Json)[] {
  try {
    const found = resolved();
    return found === undefined ? [] : [() => found];
  } catch (error) {
    return [() => rethrow(error)];
  }
}

/** The items of what resolved to a list. */
function listItems(list: () => Json, name: string): readonly (() => Json)[] {
  try {
    const found = list();
    if (Array.isArray(found)) return (found as readonly Json[]).map((item) => () => item);
    return [() => rethrow(new Unresolvable(`${name} is not a list`))];
  } catch {
    return [list];
  }
}

const rethrow = (error: unknown): never => {
  throw error;
};
