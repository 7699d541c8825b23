import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { renderAsff } from '../../lambda/scanner/report/asff-file.ts';
import { toAsff } from '../../lambda/scanner/report/asff.ts';
import type { AsffFinding } from '../../lambda/scanner/report/asff/finding.ts';
import { limits } from '../../lambda/scanner/report/asff/limits.ts';
import { noResources } from '../../lambda/scanner/report/asff/resources.ts';
import { ACCOUNT } from '../support/builders.ts';
import { LONG, hostile, isQuiet, reportNaming } from './hostile.ts';
import { aFinding, aReport } from './report-builder.ts';

const checks = [{ id: 'access-key-unused', rationale: 'Because.' }];
const place = { region: 'eu-west-1', partition: 'aws', checks, resources: new Map([[ACCOUNT, noResources]]) };
const context = {
  account: ACCOUNT,
  region: 'eu-west-1',
  partition: 'aws',
  resources: noResources,
  rationaleOf: () => 'Because.',
};
const findingsOf = (report: ReturnType<typeof aReport>) =>
  (JSON.parse([...renderAsff(report, place)].join('')) as { readonly Findings: readonly AsffFinding[] }).Findings;

const times = {
  CreatedAt: '2026-11-20T03:00:00.000Z',
  FirstObservedAt: '2026-11-20T03:00:00.000Z',
  LastObservedAt: '2026-11-20T03:00:00.000Z',
  UpdatedAt: '2026-11-20T03:00:00.000Z',
};

test('the findings and records are those of a delivery', () => {
  const [ann, bob] = [
    aFinding('ann'),
    aFinding('bob', { status: 'SUPPRESSED', evidence: { exception: { reason: 'r', owner: 'o' } } }),
  ];
  const { severity, ...record } = aFinding('all');
  const listed = { ...record, status: 'PASSED', severity: 'INFORMATIONAL' } as const;
  const report = aReport(
    [
      ann,
      bob,
      aFinding('carol', { status: 'UNKNOWN', causes: [ann.id] }),
      aFinding('dan', { resource: { type: 'AwsIamAccessKey', arn: `arn:aws:iam::${ACCOUNT}:user/dan`, name: 'key 1' } }),
    ],
    { records: [listed] },
  );
  expect(severity).toBe('MEDIUM');
  expect(findingsOf(report)).toEqual(
    JSON.parse(JSON.stringify([ann, bob, listed].map((item) => ({ ...toAsff(item, context), ...times })))),
  );
  expect([...renderAsff(aReport([ann]), place)].join('')).toMatchSnapshot();
});

test('the SDK takes them as they are', () => {
  const taken: readonly AwsSecurityFinding[] = findingsOf(aReport([aFinding('ann')])) as readonly (AsffFinding &
    AwsSecurityFinding)[];
  expect(taken).toHaveLength(1);
});

test('without a Region there is no such file', () => {
  expect(() => [...renderAsff(aReport([aFinding('ann')]), undefined)]).toThrow('findings have a Region in ASFF');
});

test.each([...Object.entries(hostile), ['a long text', LONG]])('%s is text, within the limits', (_what, name) => {
  const report = reportNaming(name);
  expect(isQuiet([...renderAsff(report, place)].join(''))).toBe(true);
  for (const { Title, Description, Remediation } of findingsOf(report)) {
    expect(Title.length).toBeLessThanOrEqual(limits.title);
    expect(Description.length).toBeLessThanOrEqual(limits.description);
    expect(Remediation?.Recommendation?.Text?.length).toBeLessThanOrEqual(512);
  }
});
