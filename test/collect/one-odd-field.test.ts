import { appendFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { checks } from '../../lambda/scanner/checks/index.ts';
import { readAccountFolder } from '../../lambda/scanner/collect/read-account-folder.ts';
import { defaultConfig } from '../../lambda/scanner/config.ts';
import { type RawFactName, rawFactNames } from '../../lambda/scanner/facts/index.ts';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import { parseFact, parseSnapshot } from '../../lambda/scanner/facts/snapshot.ts';
import type { Finding } from '../../lambda/scanner/model/finding.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { type Observed, collected } from '../../lambda/scanner/model/observed.ts';
import type { Report } from '../../lambda/scanner/model/report.ts';
import { scan } from '../../lambda/scanner/scan.ts';
import { draw } from '../support/aws/random.ts';
import { NOW } from '../support/builders.ts';
import { type OddField, namesAround, oddFields, withOddField } from '../support/odd-fields.ts';
import { isFull } from '../support/volume.ts';

const folder = path.join(__dirname, '../../examples/acme/development');

let file: SnapshotFile;
let sound: Report;
beforeAll(async () => {
  file = await readAccountFolder(folder, readdirSync(folder).sort());
  sound = judge(file);
}, 60_000);

const judge = (snapshot: SnapshotFile): Report =>
  scan([parseSnapshot(snapshot)], { checks, config: defaultConfig, now: NOW, version: '0.0.0' });

const valueOf = (fact: Observed<Json>): Json => (fact.status === 'collected' ? fact.value : null);

const withFact = (name: RawFactName, value: Json): SnapshotFile => ({
  ...file,
  facts: { ...file.facts, [name]: collected(value) },
});

interface Case {
  readonly name: RawFactName;
  readonly odd: OddField;
}

const describeCase = ({ name, odd }: Case) => `${name}.${odd.path.join('.')} ${odd.how}`;

const allCases = (): readonly Case[] =>
  rawFactNames.flatMap((name) => oddFields(valueOf(file.facts[name])).map((odd): Case => ({ name, odd })));

/** Findings that an odd field made disappear without a trace: neither it nor its check says UNKNOWN, and it is of another element. */
function silenced({ name, odd }: Case, report: Report): readonly string[] {
  const around = namesAround(valueOf(file.facts[name]), odd.path);
  const unknown = new Set(report.findings.filter(({ status }) => status === 'UNKNOWN').map(({ checkId }) => checkId));
  const ids = new Set(report.findings.map(({ id }) => id));
  const isSaid = ({ checkId, resource }: Finding) =>
    unknown.has(checkId) || unknown.has('policy-document-unreadable') || around.has(resource.arn) || around.has(resource.name);
  return sound.findings
    .filter((finding) => finding.status === 'FAILED' && !ids.has(finding.id) && !isSaid(finding))
    .map(({ checkId, resource }) => `${describeCase({ name, odd })}: ${checkId} of ${resource.name}`);
}

/** Every case where long runs are made in full; otherwise some of them. */
const sample = (cases: readonly Case[], count: number): readonly Case[] =>
  isFull ? cases : cases.toSorted((a, b) => draw(SEED, describeCase(a)) - draw(SEED, describeCase(b))).slice(0, count);

const SEED = 20_261_129;

test('one odd field of the identities never costs the identities', () => {
  const cases = allCases().filter(({ name, odd }) => name === 'identities' && odd.path.length > 1);
  expect(cases.length).toBeGreaterThan(150);
  const lost = cases.filter(
    ({ odd }) => parseFact('identities', collected(withOddField(valueOf(file.facts.identities), odd))).status === 'unavailable',
  );
  expect(lost.map(describeCase)).toEqual([]);
});

test('one odd field refuses no account, and turns no finding into nothing', () => {
  const rows: string[] = [];
  const lost = sample(allCases(), 12).flatMap((one) => {
    const changed = withFact(one.name, withOddField(valueOf(file.facts[one.name]), one.odd));
    const report = judge(changed);
    const gone = silenced(one, report);
    if (process.env['TABLE']) rows.push(rowOf(one, changed, report, gone));
    return gone;
  });
  if (process.env['TABLE']) appendFileSync(process.env['TABLE'], rows.join(''));
  expect(lost).toEqual([]);
}, 3_600_000);

function rowOf(one: Case, changed: SnapshotFile, report: Report, gone: readonly string[]): string {
  const fact = parseSnapshot(changed).facts[one.name];
  const unknown = new Set(report.findings.filter(({ status }) => status === 'UNKNOWN').map(({ checkId }) => checkId));
  return `| ${describeCase(one)} | ${fact.status === 'collected' ? 'read' : fact.reason} | ${[...unknown].length} | ${gone.join('; ')} |\n`;
}
