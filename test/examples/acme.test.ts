import path from 'node:path';
import type { DescribedReport } from '../../bin/templates/schemas/report.ts';
import { checks } from '../../lambda/scanner/checks/index.ts';
import { readSnapshots } from '../../lambda/scanner/collect/read-snapshot.ts';
import { defaultConfig } from '../../lambda/scanner/config.ts';
import type { Check } from '../../lambda/scanner/check.ts';
import type { Report } from '../../lambda/scanner/model/report.ts';
import { renderJson } from '../../lambda/scanner/report/json.ts';
import { renderText } from '../../lambda/scanner/report/text.ts';
import { scan } from '../../lambda/scanner/scan.ts';
import { NOW } from '../support/builders.ts';
import { problemsBy } from '../support/published-schema.ts';
import { nightBefore } from './night-before.ts';

const folder = path.join(__dirname, '../../examples/acme');
const config = {
  ...defaultConfig,
  breakGlass: { arns: [], tags: { 'break-glass': 'true' } },
  assertions: [{ name: 'only break-glass', onlyAdmins: ['arn:aws:iam::*:user/break-glass/*'], in: ['444455556666'] }],
};

/** Checks that cannot fail on the sample, and why that is so by their nature. */
const neverFails: Readonly<Record<string, string>> = {
  'admin-inventory': 'it puts a list on record, and fails nowhere',
  'fact-unavailable': 'nobody refuses to have a saved file read',
  'policy-document-unreadable': 'AWS stores no such document, and the check says UNKNOWN where it meets one',
  'role-trusts-unknown-service': 'the tables have every service of their day, and the sample is of that day',
  'root-management-not-central': 'it has one answer for an Organization, and the sample is one',
};

const passes = new Map<string, number>();
const counted = checks.map((check): Check => ({
  ...check,
  *run(facts, context) {
    for (const judged of check.run(facts, context)) {
      const isAsItShouldBe = judged.judgement.status === 'pass' || judged.judgement.status === 'record';
      if (isAsItShouldBe) passes.set(check.id, (passes.get(check.id) ?? 0) + 1);
      yield judged;
    }
  },
}));

let report: Report;
beforeAll(async () => {
  const { accounts, ...organization } = await readSnapshots(folder);
  const earlier = {
    baseline: nightBefore(accounts),
    ...(organization.organization === undefined ? {} : { baselineOrganization: organization.organization }),
  };
  report = scan(accounts, { ...organization, checks: counted, config, now: NOW, version: '0.0.0', ...earlier });
});

test.each(checks.map(({ id }) => id))('%s fails and passes on the sample', (id) => {
  const findings = report.findings.filter(({ checkId }) => checkId === id);
  expect(findings.filter(({ status }) => status === 'UNKNOWN')).toEqual([]);
  expect(passes.get(id) ?? 0).toBeGreaterThan(0);
  if (Object.hasOwn(neverFails, id)) expect(findings).toEqual([]);
  else expect(findings.length).toBeGreaterThan(0);
});

test('an assertion about production is broken by who becomes administrator there, from whatever account', () => {
  const broken = report.findings.filter(({ checkId }) => checkId === 'access-assertion-broken');
  const byName = new Map(broken.map((finding) => [finding.resource.name, finding]));
  // She has no path to admin in her own account.
  expect(byName.get('mia.tanaka')).toMatchObject({ status: 'FAILED', severity: 'HIGH', account: '777788889999' });
  expect(byName.get('mia.tanaka')?.message).toContain('administrator in account 444455556666. Path to account 444455556666: sts:');
  expect(byName.has('deploy-production')).toBe(true);
  expect(byName.has('break-glass-prod')).toBe(false);
  // An admin of the development account who stays there.
  expect(byName.has('contractor.reyes')).toBe(false);
});

test('it is what docs/schemas/report.schema.json describes', () => {
  const described: DescribedReport = report;
  expect(problemsBy('report')(JSON.parse([...renderJson(described)].join('')))).toEqual([]);
});

test('the summary reads in ten seconds', () => {
  const [summary = ''] = renderText(report, { color: false }).split('\n\n');
  // Four words a second are easy to read, and ids are skipped.
  expect(summary.split('\n').length).toBeLessThanOrEqual(4);
  expect(summary.split(/\s+/).length).toBeLessThanOrEqual(70);
  expect(summary).toContain('complete');
  expect(summary).toMatch(/^Start with: Access key AKIABFYH45SNGEXAMPLE of IAM user sven\.larsen has administrator access/m);
});

test('the roles of the landing zone are ranked lower, and the role that only has such a name is not', () => {
  const names = (isPlatform: boolean) =>
    report.admins.flatMap(({ arn, type, platform }) =>
      type === 'role' && platform === isPlatform ? [arn.slice(arn.lastIndexOf('/') + 1)] : [],
    );
  expect(new Set(names(true).map((name) => name.replace(/_?[0-9a-f]{16,32}$|[0-9]{12}.*$/, '')))).toEqual(
    new Set([
      'AWSControlTowerAdmin',
      'AWSControlTowerExecution',
      'AWSControlTowerStackSetRole',
      'AWSReservedSSO_AdministratorAccess',
      'AWSReservedSSO_PowerUserAccess',
      'AWSServiceRoleForCloudFormationStackSetsOrgMember',
      'AWSServiceRoleForSSO',
      'OrganizationAccountAccessRole',
      'cdk-hnb659fds-cfn-exec-role-',
      'cdk-hnb659fds-deploy-role-',
      'stacksets-exec-',
    ]),
  );
  expect(names(false)).toContain('AWSAFTExec2');
  const severitiesOf = (name: string) =>
    report.findings.flatMap(({ checkId, resource, severity }) =>
      resource.name === name && /^(shadow-admin|admin-)/.test(checkId) ? [severity] : [],
    );
  for (const name of names(true)) expect(new Set(severitiesOf(name))).toEqual(new Set(severitiesOf(name).map(() => 'LOW')));
  expect(severitiesOf('AWSAFTExec2')).toContain('HIGH');
});
