/**
 * The limits of Security Hub. Text is counted in code points, as AWS's API models count it.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html
 * https://smithy.io/2.0/spec/constraint-traits.html#length-trait
 */
export const limits = {
  id: 512,
  generatorId: 512,
  title: 256,
  description: 1024,
  remediation: 512,
  types: 50,
  relatedRequirements: 32,
  accountName: 50,
  severityOriginal: 64,
  resourceId: 512,
  region: 16,
  productFields: 50,
  productFieldKey: 128,
  // AWS documents 2,048; other integrations found that values over 1,024 can be refused.
  // https://github.com/cloud-custodian/cloud-custodian/blob/main/c7n/resources/securityhub.py
  productFieldValue: 1024,
  statusReason: 1024,
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#id_tags_rules
  tags: 50,
  tagKey: 128,
  tagValue: 256,
  // https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsIamRoleDetails.html
  trustPolicy: 131_072,
  // https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_NoteUpdate.html
  note: 512,
  // https://docs.aws.amazon.com/securityhub/latest/partnerguide/guidelines-batchimportfindings.html
  findingBytes: 240_000,
  batchBytes: 6_000_000,
  batchFindings: 100,
} as const;

/** Marks that change the direction of text, and can make it look like other text. */
const DIRECTION = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
// Nearly all texts match, and this test is fast.
const PLAIN = /^[ -~]*$/;
const ELLIPSIS = '…';

/** Text without what could break JSON, a console or a log: lone surrogates, control characters, direction marks. */
const clean = (text: string): string =>
  PLAIN.test(text)
    ? text.trim()
    : text
        .replaceAll(/\p{Cs}/gu, '\uFFFD')
        .replaceAll(DIRECTION, '')
        .replaceAll(/\p{Cc}/gu, ' ')
        .trim();

/**
 * Text as Security Hub accepts it: never empty, never blank (https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Note.html,
 * pattern `.*\S.*`), at most `limit` code points. Text that is cut ends in an ellipsis.
 */
export function fit(text: string, limit: number, whenBlank = '(empty)'): string {
  const cleaned = clean(text);
  return cleaned === '' ? whenBlank : cut(cleaned, limit, ELLIPSIS);
}

/** The text, or its beginning followed by `end`, in at most `limit` code points. */
export function cut(text: string, limit: number, end: string): string {
  if (text.length <= limit) return text;
  // A code point has at most two units, so the rest of a long text need not be split.
  const points = codePoints(text.slice(0, 2 * limit + 1));
  return points.length <= limit ? text : points.slice(0, limit - codePoints(end).length).join('') + end;
}

/** The code points of a text. */
export const codePoints = (text: string): readonly string[] => Array.from(text);

/** The size of the value as JSON in a request, in bytes. */
export const bytesOf = (value: object): number => Buffer.byteLength(JSON.stringify(value));
