import type { Subject } from '../../check.ts';
import type { Assertion } from '../../model/assertion.ts';

/** A finding for each assertion that a principal breaks. */
export function subjectOf({ name }: Assertion, { resource }: Subject): Subject {
  return { resource: { ...resource, id: `${resource.id}/${encodeURIComponent(name)}` } };
}

/** The headline of what breaks an assertion. */
export const brokenAssertion = (label: string, { name }: Assertion): string => `${label} breaks the assertion "${name}"`;
