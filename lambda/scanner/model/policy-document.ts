import { z } from 'zod';
import type { Json } from './json.ts';

/**
 * A policy document as AWS returns it, decoded: the API sends it URL-encoded (RFC 3986), the AWS CLI prints it as JSON. What is
 * not JSON stays the text that it was, for the policy parser to refuse by name; one bad document must not cost the rest.
 */
export function decodeDocument(document: Json): Json {
  if (typeof document !== 'string') return document;
  try {
    const text = document.trimStart().startsWith('{') ? document : decodeURIComponent(document);
    return JSON.parse(text) as Json;
  } catch {
    return document;
  }
}

/** Accepts any JSON value and decodes it as {@link decodeDocument} says. */
export const documentSchema = z.unknown().transform((document): Json => decodeDocument((document ?? null) as Json));
