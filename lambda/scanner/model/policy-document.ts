import { z } from 'zod';
import type { Json } from './json.ts';

/**
 * A policy document as AWS returns it, decoded: the API returns it URL-encoded (RFC 3986), the AWS CLI prints it as JSON. Text
 * that is not JSON stays as it is, so that the policy parser rejects it with a reason; one bad document must not affect the
 * others.
 */
export function decodeDocument(document: Json): Json {
  if (typeof document !== 'string') return bounded(document);
  try {
    const text = document.trimStart().startsWith('{') ? document : decodeURIComponent(document);
    return bounded(JSON.parse(text) as Json);
  } catch {
    return document;
  }
}

/** No policy has ten levels. Thousands of levels would overflow the stack of code that traverses them. */
const MOST_LEVELS = 100;
const TOO_DEEP = `a document of more than ${MOST_LEVELS} levels`;

const bounded = (document: Json): Json => (isDeeperThan(MOST_LEVELS, document) ? TOO_DEEP : document);

function isDeeperThan(levels: number, json: Json): boolean {
  if (typeof json !== 'object' || json === null) return false;
  if (levels === 0) return true;
  for (const value of Array.isArray(json) ? (json as readonly Json[]) : Object.values(json))
    if (isDeeperThan(levels - 1, value)) return true;
  return false;
}

/** Accepts any JSON value and decodes it with {@link decodeDocument}; without one it is null, which is no policy. */
export const documentSchema = z
  .unknown()
  .optional()
  .transform((document): Json => decodeDocument((document ?? null) as Json));

/** Returns equal documents as one object, so that they are stored, and compiled, once. */
export function documentSharer(): (document: Json) => Json {
  const known = new Map<string, Json>();
  return (document) => {
    const text = JSON.stringify(document);
    const shared = known.get(text);
    if (shared !== undefined) return shared;
    known.set(text, document);
    return document;
  };
}
