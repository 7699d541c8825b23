import { type RawFactName, rawFactNames } from '../../lambda/scanner/facts/index.ts';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { collected } from '../../lambda/scanner/model/observed.ts';
import type { Report } from '../../lambda/scanner/model/report.ts';
import { draw } from '../support/aws/random.ts';
import { type Mutant, mutantsOf, mutate } from './mutations.ts';
import { type Sample, lossesOf, readSample, reportOf } from './oracle.ts';

/** Something that is spoiled: the facts of one account, or what was collected of the organization. */
interface Target {
  readonly name: string;
  /** How often it is chosen: accounts that take long to scan are chosen less. */
  readonly weight: number;
  readonly cases: readonly Case[];
  readonly sound: Report;
}

interface Case {
  readonly name: string;
  readonly make: () => Sample;
}

/** How a sample is scanned; a planted fault scans it wrongly. */
export type Scan = (sample: Sample) => Report;

const describeMutant = (where: string, { path, how }: Mutant) => `${where}.${path.join('.')} ${how}`;

function factCases(sample: Sample, account: SnapshotFile, name: RawFactName): readonly Case[] {
  const fact = account.facts[name];
  if (fact.status === 'unavailable') return [];
  const spoil = (value: Json): Sample => ({
    ...sample,
    accounts: sample.accounts.map((one) =>
      one === account ? { ...one, facts: { ...one.facts, [name]: collected(value) } } : one,
    ),
  });
  return [...mutantsOf(fact.value)].map((mutant) => ({
    name: describeMutant(`${account.accountId} ${name}`, mutant),
    make: () => spoil(mutate(fact.value, mutant)),
  }));
}

const accountCases = (sample: Sample): readonly Case[] =>
  sample.accounts.flatMap((account) => rawFactNames.flatMap((name) => factCases(sample, account, name)));

const organizationCases = (sample: Sample): readonly Case[] => {
  const { organization } = sample;
  if (organization === undefined) return [];
  return [...mutantsOf(organization)].map((mutant) => ({
    name: describeMutant('organization', mutant),
    make: () => ({ ...sample, organization: mutate(organization, mutant) }),
  }));
};

/** What is spoiled: accounts of the example organization, from small to large, and the organization itself. */
export async function readTargets(): Promise<readonly Target[]> {
  const [acquired, management, production, development] = await Promise.all(
    ['acquired', 'management', 'production', 'development'].map((name) => readSample(name)),
  );
  if (!acquired || !management || !production || !development) throw new Error('a sample is missing');
  const target = (name: string, weight: number, sample: Sample, cases: readonly Case[]): Target => ({
    ...{ name, weight, cases },
    sound: reportOf(sample),
  });
  return [
    target('acquired', 0.82, acquired, accountCases(acquired)),
    target('management', 0.1, management, accountCases(management)),
    target('production', 0.015, production, accountCases(production)),
    target('development', 0.001, development, accountCases(development)),
    target('organization', 0.064, management, organizationCases(management)),
  ];
}

/** The seed of a day, so that other cases are tried every day: `20261129`. */
export const seedOfToday = (): number => Number(new Date().toISOString().slice(0, 10).replaceAll('-', ''));

/** Tries so many cases; yields for those that crash the scan or lose a finding what they lose. */
export function* fuzz(targets: readonly Target[], seed: number, count: number, scan: Scan = reportOf): Generator<string> {
  for (let index = 0; index < count; index += 1) {
    const { sound, one } = choose(targets, seed, index);
    yield* tryOne(sound, one, scan);
  }
}

function choose(targets: readonly Target[], seed: number, index: number): { readonly sound: Report; readonly one: Case } {
  let left = draw(seed, `target ${index}`);
  const target = targets.find(({ weight }) => (left -= weight) < 0) ?? targets[0];
  const one = target?.cases[Math.floor(draw(seed, `case ${index}`) * target.cases.length)];
  if (target === undefined || one === undefined) throw new Error('nothing to spoil');
  return { sound: target.sound, one };
}

function tryOne(sound: Report, { name, make }: Case, scan: Scan): readonly string[] {
  try {
    return lossesOf(sound, scan(make())).map((loss) => `${name}: ${loss}`);
  } catch (error) {
    return [`${name}: the scan ends with ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
  }
}
