import { parseSnapshot } from '../../lambda/scanner/facts/snapshot.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { type Scan, fuzz, readTargets } from './fuzz.ts';
import { type Sample, reportOf } from './oracle.ts';

type Fields = Readonly<Record<string, Json>>;

const isFields = (value: Json): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The sample with every value replaced that the function replaces. */
const replaced = (value: Json, replace: (value: Json) => Json): Json => {
  const next = replace(value);
  if (Array.isArray(next)) return (next as readonly Json[]).map((item) => replaced(item, replace));
  return isFields(next)
    ? Object.fromEntries(Object.entries(next).map(([name, item]) => [name, replaced(item, replace)] as const))
    : next;
};

const cleaned = (sample: Sample, replace: (value: Json) => Json): Sample => ({
  ...sample,
  accounts: sample.accounts.map((account) => replaced(account as unknown as Json, replace) as unknown as typeof account),
});

/** Elements that the parser of policies refuses, read as if they were not there. */
const withoutStrange = (value: Json): Json =>
  isFields(value) && 'Surprise' in value
    ? Object.fromEntries(Object.entries(value).filter(([name]) => name !== 'Effect'))
    : value;

/** A fault of each kind, as a scan that has it. */
const faults: Readonly<Record<string, Scan>> = {
  'a scan that ends with an error': (sample) => {
    for (const account of sample.accounts)
      if (
        Object.values(parseSnapshot(account).facts).some(
          (fact) => fact.status === 'unavailable' && fact.reason.includes('cannot be read'),
        )
      )
        throw new TypeError('Cannot read properties of undefined');
    return reportOf(sample);
  },
  'a delivery that is not told what was not read': (sample) => {
    const { unread: _, ...report } = reportOf(sample);
    return report;
  },
  'a report that is always complete': (sample) => ({ ...reportOf(sample), complete: true }),
  'a policy with an element that is not known, read as no policy': (sample) => {
    const read = reportOf(cleaned(sample, withoutStrange));
    const { unread: _, ...report } = read;
    return { ...report, complete: true, findings: read.findings.filter(({ status }) => status !== 'UNKNOWN') };
  },
  'a list that cannot be read, read as empty': (sample) => {
    const emptied = cleaned(sample, (value) =>
      isFields(value)
        ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, item === 7.5 || item === null ? [] : item]))
        : value,
    );
    const { unread: _, ...report } = reportOf(emptied);
    return { ...report, complete: true };
  },
};

const targets = readTargets();

test.each(Object.entries(faults))('the fuzzer finds %s', async (_name, scan) => {
  const small = (await targets).filter(({ name }) => name === 'acquired');
  expect(fuzz(small, 1, 500, scan).next().done).toBe(false);
});
