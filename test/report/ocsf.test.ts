import { z } from 'zod';
import { renderOcsf } from '../../lambda/scanner/report/ocsf.ts';
import { LONG, hostile, isQuiet, reportNaming } from './hostile.ts';
import { aFinding, aReport } from './report-builder.ts';

const captions = (of: Readonly<Record<string, string>>) =>
  z.tuple([z.number(), z.string()]).refine(([id, caption]) => of[id] === caption, 'the caption is not that of the id');

const account = z.strictObject({
  uid: z.string(),
  name: z.string().optional(),
  type: z.literal('AWS Account'),
  type_id: z.literal(10),
});

/** The class `compliance_finding` with the profile `cloud`, as https://schema.ocsf.io/1.6.0 publishes it: what iam-vigil writes of it. */
const complianceFinding = z
  .strictObject({
    activity_id: z.literal([0, 1, 2, 3, 99]),
    activity_name: z.string(),
    category_uid: z.literal(2),
    category_name: z.literal('Findings'),
    class_uid: z.literal(2003),
    class_name: z.literal('Compliance Finding'),
    type_uid: z.number(),
    type_name: z.string(),
    time: z.int().positive(),
    severity_id: z.number(),
    severity: z.string(),
    status_id: z.number(),
    status: z.string(),
    message: z.string(),
    metadata: z.strictObject({
      version: z.literal('1.6.0'),
      profiles: z.tuple([z.literal('cloud')]),
      product: z.strictObject({ name: z.string(), vendor_name: z.string(), version: z.string() }),
    }),
    cloud: z.strictObject({ provider: z.literal('AWS'), cloud_partition: z.string().optional(), account }),
    finding_info: z.strictObject({
      uid: z.string().min(1),
      title: z.string(),
      desc: z.string(),
      src_url: z.url().optional(),
      analytic: z.strictObject({ uid: z.string(), name: z.string(), type: z.literal('Rule'), type_id: z.literal(1) }),
    }),
    compliance: z.strictObject({
      control: z.string(),
      desc: z.string(),
      standards: z.array(z.string()).min(1),
      requirements: z.array(z.string()),
      status_id: z.number(),
      status: z.string(),
      status_detail: z.string(),
    }),
    remediation: z.strictObject({ desc: z.string(), references: z.array(z.url()).optional() }),
    resources: z
      .array(z.strictObject({ uid: z.string(), name: z.string(), type: z.string(), cloud_partition: z.string().optional() }))
      .length(1),
    unmapped: z.strictObject({ evidence: z.record(z.string(), z.unknown()) }),
  })
  .refine(({ type_uid, class_uid, activity_id }) => type_uid === class_uid * 100 + activity_id);

const states = {
  severity: captions({ 1: 'Informational', 2: 'Low', 3: 'Medium', 4: 'High', 5: 'Critical' }),
  finding: captions({ 1: 'New', 2: 'In Progress', 3: 'Suppressed', 4: 'Resolved' }),
  compliance: captions({ 1: 'Pass', 2: 'Warning', 3: 'Fail' }),
};

/** The findings of a report; each is a line, and follows the schema. */
const findingsOf = (report: ReturnType<typeof aReport>) =>
  [...renderOcsf(report)].map((line) => {
    expect(line).toMatch(/^[^\n]+\n$/);
    const finding = complianceFinding.parse(JSON.parse(line));
    states.severity.parse([finding.severity_id, finding.severity]);
    states.finding.parse([finding.status_id, finding.status]);
    states.compliance.parse([finding.compliance.status_id, finding.compliance.status]);
    return finding;
  });

test('a finding, and what its states become', () => {
  const report = aReport([
    aFinding('ann', { severity: 'CRITICAL' }),
    aFinding('bob', { status: 'UNKNOWN' }),
    aFinding('eve', { status: 'SUPPRESSED' }),
  ]);
  expect([...renderOcsf(report)][0]).toMatchSnapshot();
  expect(findingsOf(report).map(({ severity, status, compliance }) => [severity, status, compliance.status])).toEqual([
    ['Critical', 'New', 'Fail'],
    ['Medium', 'New', 'Warning'],
    ['Medium', 'Suppressed', 'Fail'],
  ]);
});

test('a link only where the configuration has an address', () => {
  const [without] = findingsOf(aReport([aFinding('ann')]));
  const [linked] = findingsOf(aReport([aFinding('ann')], { docsUrl: 'https://wiki.example.com/{check}' }));
  const page = 'https://wiki.example.com/access-key-unused';
  expect([without?.finding_info.src_url, without?.remediation.references]).toEqual([undefined, undefined]);
  expect([linked?.finding_info.src_url, linked?.remediation.references]).toEqual([page, [page]]);
});

test('no finding, no line', () => {
  expect([...renderOcsf(aReport([]))]).toEqual([]);
});

test.each([...Object.entries(hostile), ['a long text', LONG]])('%s comes back as it was', (_what, name) => {
  const report = reportNaming(name);
  const [first] = findingsOf(report);
  expect([first?.message, first?.resources[0]?.name, first?.cloud.account.name]).toEqual([name, name, name]);
  expect(isQuiet([...renderOcsf(report)].join(''))).toBe(true);
});
