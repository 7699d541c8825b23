import { DeleteUserPolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Report } from '../../lambda/scanner/model/report.ts';
import { invokeNightly } from '../demo/invoke.ts';
import type { Furnished } from './furnish.ts';
import { type Tools, iamVigil, keptInBucket, storedFindings } from './tools.ts';

const ACCOUNT = '123456789012';

/** What is wrong with what was made: the check, and the resource. */
const failures = ({ adminKey }: Furnished) => [
  `admin-access-key-unguarded ${adminKey}`,
  'admin-mfa-not-hardware ann',
  'admin-user ann',
  'admin-user robot',
  'delegated-iam-without-boundary climber',
  'federation-token-by-admin robot',
  'policy-allows-everything everything',
  'policy-attached-to-user climber',
  'role-trusts-unknown-account vendor',
  'shadow-admin climber',
];

const idsOf = ({ findings, records }: Pick<Report, 'findings' | 'records'>) =>
  [...findings, ...records].map(({ id }) => id).toSorted();

/** What is delivered: one cause is one finding, so that an UNKNOWN one whose cause another finding reports is not. */
const deliveredOf = ({ findings, records }: Report) => ({
  findings: findings.filter(({ status, causes }) => status !== 'UNKNOWN' || causes === undefined),
  records,
});

/** The command line says what is wrong, and the bundled function says the same to Security Hub and to its bucket. */
export async function aFirstNight(tools: Tools, made: Furnished): Promise<void> {
  const { code, stdout } = await iamVigil(tools, 'scan', '--format', 'json');
  equal(code, 3);
  const report = JSON.parse(stdout) as Report;
  const found = report.findings
    .filter(({ status }) => status === 'FAILED')
    .map(({ checkId, resource }) => `${checkId} ${resource.name}`);
  const unavailable = tools.missing.map(({ fact }) => `fact-unavailable ${fact}`);
  for (const failure of [...failures(made), ...unavailable])
    ok(found.includes(failure), `${failure} is not among ${found.join(', ')}`);
  for (const { check, fact, action } of tools.missing) {
    const [finding] = report.findings.filter(({ checkId }) => checkId === check);
    equal(finding?.status, 'UNKNOWN');
    ok(finding.message.startsWith(`Not evaluated: ${fact}: ${action} failed: `), finding.message);
    const [cause] = report.findings.filter(({ checkId, resource }) => checkId === 'fact-unavailable' && resource.name === fact);
    deepEqual(finding.causes, [cause?.id]);
  }
  const { result } = await invokeNightly(new Date().toISOString(), ACCOUNT, {
    ...tools.env,
    IAM_VIGIL_BUCKET: tools.bucket,
    IAM_VIGIL_FINDINGS_REGION: tools.region,
  });
  deepEqual([result.account, result.complete, result.problems], [ACCOUNT, false, []]);
  const delivered = deliveredOf(report);
  equal(result.delivery?.imported, idsOf(delivered).length);
  const kept = await keptInBucket(tools);
  deepEqual(
    kept.keys.map((key) => key.split('/', 2).join('/')),
    [`last/${ACCOUNT}.json.gz`, 'last/told', `reports/${ACCOUNT}`, `reports/${ACCOUNT}`, `snapshots/${ACCOUNT}`],
  );
  deepEqual(idsOf(kept.report), idsOf(report));
  const stored = await storedFindings(tools);
  deepEqual([...stored.keys()].toSorted(), idsOf(delivered));
  for (const { id, status, severity, checkId } of delivered.findings) {
    const { RecordState, Compliance, FindingProviderFields, GeneratorId } = stored.get(id) ?? {};
    deepEqual([RecordState, Compliance?.Status], ['ACTIVE', status === 'FAILED' ? 'FAILED' : 'NOT_AVAILABLE']);
    deepEqual([FindingProviderFields?.Severity?.Original, GeneratorId], [severity, checkId]);
  }
}

/**
 * What is fixed is archived from a laptop, and nothing else; after that there is nothing to write. moto's credential report lacks the row
 * of the root user, so that no finding about MFA is proven to be fixed.
 */
export async function aMend(tools: Tools): Promise<void> {
  const before = await storedFindings(tools);
  await new IAMClient({ region: tools.region }).send(new DeleteUserPolicyCommand({ UserName: 'climber', PolicyName: 'climb' }));
  const { code } = await iamVigil(tools, 'scan', '--security-hub', '--region', tools.region);
  equal(code, 3);
  const after = await storedFindings(tools);
  const archived = [...after.values()].filter(({ RecordState }) => RecordState === 'ARCHIVED');
  deepEqual(archived.map(({ GeneratorId }) => GeneratorId).toSorted(), tools.fixed);
  for (const { Id = '', Compliance, CreatedAt, UpdatedAt = '' } of archived) {
    deepEqual([Compliance?.Status, CreatedAt], ['PASSED', before.get(Id)?.CreatedAt]);
    ok(UpdatedAt > (before.get(Id)?.UpdatedAt ?? ''));
  }
  const again = await iamVigil(tools, 'scan', '--security-hub', '--dry-run', '--region', tools.region);
  match(again.stderr, /: 0 to create, 0 to update, 0 to archive, 0 to refresh, 0 to suppress, 0 to return; /);
}

/** moto cannot set a workflow: that the finding is not suppressed is told, and all else is delivered. */
export async function anException(tools: Tools): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'iam-vigil-moto-'));
  try {
    const config = path.join(folder, 'iam-vigil.yaml');
    const principal = `arn:aws:iam::${ACCOUNT}:user/robot`;
    await writeFile(
      config,
      JSON.stringify({
        exceptions: [
          { check: 'admin-user', principal, reason: 'Known.', owner: 'ops', expires: new Date(Date.now() + 30 * 86_400_000) },
        ],
      }),
    );
    const { code, stderr } = await iamVigil(tools, 'scan', '--security-hub', '--region', tools.region, '--config', config);
    equal(code, 3);
    match(stderr, /, 1 to update, 0 to archive, 0 to refresh, 1 to suppress, /);
    match(stderr, /^Security Hub: 1 created or updated, .* 0 suppressed, /m);
    match(stderr, /^1 finding was not delivered\. The next delivery tries again:\n {2}iam-vigil\/v1\/\d+\/admin-user\//m);
  } finally {
    await rm(folder, { recursive: true });
  }
}
