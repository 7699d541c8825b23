import type { Declaration, Holder, Part } from './planned-change.ts';

/** Thrown only inside the readers, where a value is not known before the change is deployed; the message says why. */
export class Unresolvable extends Error {}

/** Where a part is declared, and whom it is about, if that is known. */
export interface PartSource {
  readonly source: string;
  readonly holder?: Holder;
}

/** The declarations or, where a value of theirs is not known, that and why. */
export function attempt(where: PartSource, make: () => readonly Declaration[]): readonly Part[] {
  try {
    return make();
  } catch (error) {
    if (error instanceof Unresolvable) return [{ ...where, reason: error.message }];
    throw error;
  }
}

/** The same for a policy of a holder, which then has a policy that may allow anything. */
export function attemptPolicy(where: Required<PartSource>, make: () => readonly Declaration[]): readonly Part[] {
  const parts = attempt(where, make);
  return parts.some((part) => 'reason' in part) ? [{ kind: 'unread-policy', ...where }, ...parts] : parts;
}

/** The document or, where it is not known, a text that no policy is and the reason. */
export function attemptDocument<T>(make: () => T): { readonly document: T | string; readonly reason?: string } {
  try {
    return { document: make() };
  } catch (error) {
    if (error instanceof Unresolvable) return { document: 'not known before the change is deployed', reason: error.message };
    throw error;
  }
}

/** The parts for a holder or, where its name is not known, that and why. */
export function forHolder(
  source: string,
  holderOf: () => Holder,
  partsFor: (holder: Holder) => readonly Part[],
): readonly Part[] {
  let holder: Holder | undefined;
  const unknown = attempt({ source }, () => {
    holder = holderOf();
    return [];
  });
  return holder === undefined ? unknown : partsFor(holder);
}
