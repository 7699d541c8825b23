import type { Json } from '../model/json.ts';
import { decodeDocument } from '../model/policy-document.ts';

const documentElements = new Set(['PolicyDocument', 'AssumeRolePolicyDocument', 'Document']);

/** A response of the SDK in the form of the AWS CLI: dates as ISO 8601, decoded policy documents, without the SDK's metadata. */
export function toJson(value: unknown, element = ''): Json {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item) => toJson(item));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value)
        .filter(([name, field]) => field !== undefined && name !== '$metadata')
        .map(([name, field]) => [name, toJson(field, name)]),
    );
  if (typeof value === 'string') return documentElements.has(element) ? decodeDocument(value) : value;
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
