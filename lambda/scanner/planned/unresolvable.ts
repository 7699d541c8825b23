import type { Json } from '../model/json.ts';
import type { Declaration, Holder, Part } from './planned-change.ts';

/** Thrown only inside the readers, where a value is not known before the change is deployed; the message says why. */
export class Unresolvable extends Error {}

/** Where a part is declared, and whom it is about, if that is known. */
export interface PartSource {
  readonly source: string;
  readonly holder?: Holder;
}

/** The value, or the reason why it is not known before the change is deployed. */
export function resolved<T>(make: () => T): { readonly value: T } | { readonly reason: string } {
  try {
    return { value: make() };
  } catch (error) {
    if (error instanceof Unresolvable) return { reason: error.message };
    throw error;
  }
}

/** The declarations or, where a value of theirs is not known, that and why. */
export function attempt(where: PartSource, make: () => readonly Declaration[]): readonly Part[] {
  const made = resolved(make);
  return 'reason' in made ? [{ ...where, ...made }] : made.value;
}

/** The same for a policy of a holder, which then has a policy that may allow anything. */
export function attemptPolicy(where: Required<PartSource>, make: () => readonly Declaration[]): readonly Part[] {
  const parts = attempt(where, make);
  return parts.some((part) => 'reason' in part) ? [{ kind: 'unread-policy', ...where }, ...parts] : parts;
}

/** The document or, where it is not known, a text that no policy is and the reason. */
export function attemptDocument(make: () => Json): { readonly document: Json; readonly reason?: string } {
  const made = resolved(make);
  return 'reason' in made ? { document: 'not known before the change is deployed', ...made } : { document: made.value };
}

/** The parts for a holder or, where its name is not known, that and why. */
export function forHolder(
  source: string,
  holderOf: () => Holder,
  partsFor: (holder: Holder) => readonly Part[],
): readonly Part[] {
  const holder = resolved(holderOf);
  return 'reason' in holder ? [{ source, ...holder }] : partsFor(holder.value);
}

/** The object that the value must be. Throws {@link Unresolvable}. */
export function objectOf(json: Json): Readonly<Record<string, Json>> {
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as Readonly<Record<string, Json>>;
  throw new Unresolvable('an object is expected');
}
