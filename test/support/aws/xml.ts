import type { Json } from '../../../lambda/scanner/model/json.ts';
import { isList, isObject } from './json-access.ts';

/** Fields that hold a policy document, which AWS sends as URL-encoded JSON. */
const DOCUMENTS: ReadonlySet<string> = new Set(['PolicyDocument', 'AssumeRolePolicyDocument', 'Document']);
/** Fields that are maps in AWS's model, and not structures. */
const MAPS: ReadonlySet<string> = new Set(['SummaryMap', 'Certifications']);
const DATES: ReadonlySet<string> = new Set([
  'CreateDate',
  'EnableDate',
  'Expiration',
  'ExpirationDate',
  'GeneratedTime',
  'LastUsedDate',
  'PasswordLastUsed',
  'Timestamp',
  'UpdateDate',
  'UploadDate',
  'ValidUntil',
]);

/** A field as AWS Query sends it: lists of `member` (EC2: of `item`), maps of `entry`; nothing for null. */
export const element = (name: string, value: Json, inList: ListItem = 'member'): string =>
  value === null ? '' : `<${name}>${content(name, value, inList)}</${name}>`;

type ListItem = 'member' | 'item';

function content(name: string, value: Exclude<Json, null>, inList: ListItem): string {
  if (DOCUMENTS.has(name)) return encodeDocument(value);
  if (isList(value)) return value.map((item) => element(inList, item, inList)).join('');
  if (isObject(value)) return MAPS.has(name) ? entries(value) : fields(value, inList);
  return escape(DATES.has(name) ? date(value) : `${value}`);
}

/** The fields of a structure, one after the other. */
export const fields = (value: Json, inList: ListItem = 'member'): string =>
  isObject(value)
    ? Object.entries(value)
        .map(([name, item]) => element(name, item, inList))
        .join('')
    : '';

const entries = (map: Readonly<Record<string, Json>>): string =>
  Object.entries(map)
    .map(([key, value]) => `<entry>${element('key', key)}${element('value', value)}</entry>`)
    .join('');

/** The AWS CLI prints `+00:00` or seconds since 1970, the API sends `Z`; what is not a date is sent as it is. */
function date(value: string | number | boolean): string {
  const instant = new Date(typeof value === 'number' ? value * 1000 : `${value}`);
  return Number.isNaN(instant.getTime()) ? `${value}` : instant.toISOString().replace('.000Z', 'Z');
}

// RFC 3986 reserves more than encodeURIComponent encodes, which in turn refuses half of a surrogate pair.
const encodeDocument = (document: Json): string =>
  encodeURIComponent(Buffer.from(typeof document === 'string' ? document : JSON.stringify(document)).toString()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#xD;' };

/** Text for XML. */
export const escape = (value: string): string =>
  /[&<>"\r]/.test(value) ? value.replace(/[&<>"\r]/g, (character) => ESCAPES[character] ?? character) : value;
