import { z } from 'zod';
import type { Finding } from '../../model/finding.ts';
import type { Json } from '../../model/json.ts';
import { codePoints, cut, fit, limits } from './limits.ts';

/** The product field that tells whether a stored finding still says what is to be said. */
export const FINGERPRINT = 'iam-vigil/Fingerprint';

/** The product field that tells that an exception has suppressed the finding, and not a person. */
export const HIDDEN_BY_EXCEPTION = 'iam-vigil/SuppressedByException';

type Field = readonly [key: string, value: string];

/** Where the whole of a remediation stands that is too long for its own place. */
export const REMEDIATION = 'iam-vigil/Remediation';

/** Four kilobytes of commands; what is longer than that can only be hostile. */
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

/** Why, by whom and until when a finding is accepted; undefined where it is not. */
export const exceptionOf = ({ status, evidence }: Finding) =>
  status === 'SUPPRESSED' ? exceptionSchema.safeParse(evidence['exception']).data : undefined;

/**
 * What Security Hub has no field for: the fingerprint, the exception, the path to admin step by step, the evidence, and the whole
 * remediation where it is long. The fingerprint comes first and is never left out.
 */
export function productFields(finding: Finding, fingerprint: string): Readonly<Record<string, string>> {
  const { path, exception: _, ...evidence } = finding.evidence;
  const fields: readonly Field[] = [
    [FINGERPRINT, fingerprint],
    ['iam-vigil/Resource', finding.resource.arn],
    ...exceptionFields(finding),
    ...remediationFields(finding.remediation),
    ...pathFields(path),
    ...Object.entries(evidence).map(([key, value]): Field => [`iam-vigil/Evidence/${key}`, textOf(value)]),
  ];
  return Object.fromEntries(
    fields
      // One is left for the mark that an exception has suppressed the finding.
      .slice(0, limits.productFields - 1)
      .map(([key, value]) => [fit(key, limits.productFieldKey), fit(value, limits.productFieldValue)]),
  );
}

const exceptionFields = (finding: Finding): readonly Field[] =>
  Object.entries(exceptionOf(finding) ?? {}).flatMap(([key, value]): readonly Field[] =>
    value === undefined ? [] : [[`iam-vigil/Exception/${key}`, value]],
  );

/** A command that is cut off does harm: what does not fit in its place is kept whole here, broken between words. */
function remediationFields(remediation: string): readonly Field[] {
  const whole = cut(fit(remediation, Infinity), REMEDIATION_MOST, '…');
  if (shortRemediation(whole) === whole) return [];
  return pieces(whole, limits.productFieldValue).map((piece, index): Field => [`${REMEDIATION}/${index + 1}`, piece]);
}

/** Text broken between words into pieces of at most so many code points; a word that is longer is a piece. */
function pieces(text: string, size: number): readonly string[] {
  const done: string[] = [];
  let piece: string | undefined;
  for (const word of text.split(' ')) {
    const longer: string = piece === undefined ? word : `${piece} ${word}`;
    if (piece !== undefined && codePoints(longer).length > size) {
      done.push(piece);
      piece = word;
    } else piece = longer;
  }
  return piece === undefined ? done : [...done, piece];
}

/** The next step in the place that Security Hub has for it; where it is too long, it says where the whole stands. */
export const shortRemediation = (remediation: string): string =>
  cut(fit(remediation, Infinity), limits.remediation, ` … (in full: ProductFields, ${REMEDIATION})`);

function pathFields(path: Json | undefined): readonly Field[] {
  if (path === undefined) return [];
  const steps = z.array(stepSchema).safeParse(path);
  if (!steps.success) return [['iam-vigil/Evidence/path', textOf(path)]];
  return steps.data.map((step, index): Field => [`iam-vigil/Path/${String(index + 1).padStart(2, '0')}`, stepText(step)]);
}

function stepText({ rule, actions, from, to, statements }: z.output<typeof stepSchema>): string {
  const way = from === to ? from : `${from} -> ${to}`;
  const by = statements.map(
    ({ policy, index, sid }) => `${policy} statement ${index + 1}${sid === undefined ? '' : ` (${sid})`}`,
  );
  return `${rule}: ${way} with ${actions.join(', ')}${by.length > 0 ? `, allowed by ${by.join('; ')}` : ''}`;
}

const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
