import { z } from 'zod';
import type { Reported } from '../../model/informational-record.ts';
import type { Json } from '../../model/json.ts';
import { codePoints, cut, fit, limits } from './limits.ts';

/** The product field with the fingerprint, which tells whether a stored finding is up to date. */
export const FINGERPRINT = 'iam-vigil/Fingerprint';

/** The product field that says that an exception suppressed the finding, not a person. */
export const HIDDEN_BY_EXCEPTION = 'iam-vigil/SuppressedByException';

/** The product field that says until when a finding about a change stays open. */
export const OPEN_UNTIL = 'iam-vigil/OpenUntil';

type Field = readonly [key: string, value: string];

/** The prefix of the product fields that hold a remediation too long for its own field. */
export const REMEDIATION = 'iam-vigil/Remediation';

const EVIDENCE = 'iam-vigil/Evidence';

// One field is reserved for the mark that an exception suppressed the finding.
const FIELDS = limits.productFields - 1;

/** A real remediation is shorter. A longer one can only come from hostile names. */
const REMEDIATION_MOST = 4096;

const stepSchema = z.object({
  rule: z.string(),
  actions: z.array(z.string()),
  from: z.string(),
  to: z.string(),
  statements: z.array(z.object({ policy: z.string(), index: z.number(), sid: z.string().optional() })),
});

const exceptionSchema = z.object({
  reason: z.string(),
  owner: z.string(),
  ticket: z.string().optional(),
  expires: z.string(),
});

/** The exception that accepts the finding: why, by whom and until when. Undefined without one. */
export const exceptionOf = ({ status, evidence }: Reported) =>
  status === 'SUPPRESSED' ? exceptionSchema.safeParse(evidence['exception']).data : undefined;

/**
 * What Security Hub has no field for: the fingerprint, why the check matters, the exception, the full remediation if it is long, the
 * evidence, and the path to admin step by step. The fingerprint comes first and is never left out.
 */
export function productFields(finding: Reported, fingerprint: string, rationale = ''): Readonly<Record<string, string>> {
  const { path, paths, exception: _, ...evidence } = finding.evidence;
  const fields: readonly Field[] = [
    [FINGERPRINT, fingerprint],
    ['iam-vigil/Control', finding.title],
    ...(rationale === '' || rationale === finding.message ? [] : [['iam-vigil/Why', rationale] as const]),
    ['iam-vigil/Resource', finding.resource.arn],
    ...openUntilField(finding),
    ...exceptionFields(finding),
    ...remediationFields(finding.remediation),
  ];
  // Paths can be longer than there is room for. The evidence comes first: it says when the finding may be closed.
  const steps = [...pathFields(path), ...accountPathFields(paths)];
  return Object.fromEntries(
    [...fields, ...evidenceFields(evidence, FIELDS - fields.length - steps.length), ...steps]
      .slice(0, FIELDS)
      .map(([key, value]) => [fit(key, limits.productFieldKey), fit(value, limits.productFieldValue)]),
  );
}

const openUntilField = (finding: Reported): readonly Field[] => ('openUntil' in finding ? [[OPEN_UNTIL, finding.openUntil]] : []);

const exceptionFields = (finding: Reported): readonly Field[] =>
  Object.entries(exceptionOf(finding) ?? {}).flatMap(([key, value]): readonly Field[] =>
    value === undefined ? [] : [[`iam-vigil/Exception/${key}`, value]],
  );

/** A command that is cut off can do harm. A remediation that is too long is stored here in full, split between words. */
function remediationFields(remediation: string): readonly Field[] {
  const whole = cut(fit(remediation, Infinity), REMEDIATION_MOST, '…');
  if (shortRemediation(whole) === whole) return [];
  return groups(whole.split(' '), limits.productFieldValue).map((words, index): Field => [
    `${REMEDIATION}/${index + 1}`,
    words.join(' '),
  ]);
}

/** Words in groups of at most `size` code points, counting one between two words. A longer word is a group of its own. */
function groups(words: readonly string[], size: number): readonly (readonly string[])[] {
  const done: string[][] = [];
  let length = Infinity;
  for (const word of words) {
    const own = codePoints(word).length;
    length += 1 + own;
    if (length <= size) done.at(-1)?.push(word);
    else {
      done.push([word]);
      length = own;
    }
  }
  return done;
}

/** The evidence, one field for each item. Lists that are too long for one field get the remaining fields. */
function evidenceFields(evidence: Reported['evidence'], most: number): readonly Field[] {
  const entries = Object.entries(evidence);
  let left = most - entries.length;
  return entries.flatMap(([name, value]): readonly Field[] => {
    const key = `${EVIDENCE}/${name}`;
    const text = textOf(value);
    if (!Array.isArray(value) || codePoints(text).length <= limits.productFieldValue) return [[key, text]];
    const texts = listTexts(value, 1 + Math.max(0, left));
    left -= texts.length - 1;
    return texts.length === 1
      ? [[key, texts.join('')]]
      : texts.map((part, index): Field => [`${key}/${padded(index + 1)}`, part]);
  });
}

/** Room for the brackets of a list, and for the number of items that are left out. */
const AROUND_LIST = 40;
const IN_LIST = limits.productFieldValue - AROUND_LIST;

/** A list as at most `most` texts, each a JSON list of whole items. The last says how many items were left out. */
function listTexts(items: readonly Json[], most: number): readonly string[] {
  const all = groups(
    items.map((item) => fit(JSON.stringify(item), IN_LIST)),
    IN_LIST,
  );
  const kept = all.slice(0, most);
  const more = all.slice(most).flat().length;
  return kept.map((group, index) => {
    const isCut = more > 0 && index === kept.length - 1;
    return `[${group.join(',')}]${isCut ? ` and ${more} more in the report` : ''}`;
  });
}

const FULL_TEXT = ` … (full text: ProductFields, ${REMEDIATION})`;

/** Where a remediation can end without part of a command: after a sentence, and before a command of the AWS CLI. */
const ENDS = /\.(?= )|:(?= aws )|;(?= aws )/g;

/** The remediation for its field in Security Hub. If it is too long, it ends before a command that has no room, and says where all is. */
export function shortRemediation(remediation: string): string {
  const whole = fit(remediation, Infinity);
  const short = cut(whole, limits.remediation, FULL_TEXT);
  if (short === whole) return whole;
  const head = short.slice(0, -FULL_TEXT.length);
  const end = [...head.matchAll(ENDS)].at(-1)?.index;
  return end === undefined ? short : `${head.slice(0, end + 1)}${FULL_TEXT}`;
}

function pathFields(path: Json | undefined): readonly Field[] {
  if (path === undefined) return [];
  const steps = z.array(stepSchema).safeParse(path);
  if (!steps.success) return [[`${EVIDENCE}/path`, textOf(path)]];
  return steps.data.map((step, index): Field => [`iam-vigil/Path/${padded(index + 1)}`, stepText(step)]);
}

const accountPathsSchema = z.array(z.object({ account: z.string(), path: z.array(stepSchema) }));

/** The paths to other accounts, each under the account where it ends. */
function accountPathFields(paths: Json | undefined): readonly Field[] {
  if (paths === undefined) return [];
  const read = accountPathsSchema.safeParse(paths);
  if (!read.success) return [[`${EVIDENCE}/paths`, textOf(paths)]];
  return read.data.flatMap(({ account, path }) =>
    path.map((step, index): Field => [`iam-vigil/Path/${account}/${padded(index + 1)}`, stepText(step)]),
  );
}

/** A step as its API calls, with who makes them and which statements allow them. */
function stepText({ rule, actions, from, to, statements }: z.output<typeof stepSchema>): string {
  const target = from === to ? '' : ` ${to}`;
  const by = statements.map(
    ({ policy, index, sid }) => `statement ${index + 1}${sid === undefined ? '' : ` (${sid})`} of ${policy}`,
  );
  return `${rule}: ${actions.join(' + ')}${target}, by ${from}${by.length > 0 ? `, allowed by ${by.join('; ')}` : ''}`;
}

const padded = (number: number) => String(number).padStart(2, '0');

const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
