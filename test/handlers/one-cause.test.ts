import { DAY } from '../../lambda/scanner/model/instant.ts';
import { organizationReport } from '../../lambda/handlers/organization/organization-report.ts';
import type { Report } from '../../lambda/scanner/model/report.ts';
import type { Snapshot } from '../../lambda/scanner/facts/snapshot.ts';
import { collected, unavailable } from '../../lambda/scanner/model/observed.ts';
import { renderText } from '../../lambda/scanner/report/text.ts';
import { checks } from '../../lambda/scanner/checks/index.ts';
import { toAsff } from '../../lambda/scanner/report/asff.ts';
import { noResources } from '../../lambda/scanner/report/asff/resources.ts';
import type { LoopbackSecurityHub } from '../support/aws/services/security-hub.ts';
import { NOW } from '../support/builders.ts';
import { account, hubOf, memoryStore, night } from './night.ts';

let snapshot: Snapshot;
beforeAll(async () => {
  snapshot = await account();
});

const ACTION = 'iam:GenerateCredentialReport';
const denied = (action: string) => unavailable(`access to ${action} was denied`, action);
const without = (facts: Partial<Snapshot['facts']>): Snapshot => ({ ...snapshot, facts: { ...snapshot.facts, ...facts } });
const blind = () => without({ credentialReport: denied(ACTION) });

const inHub = (hub: LoopbackSecurityHub, status: string, state = 'ACTIVE') =>
  [...hub.findings.values()].filter((finding) => finding.RecordState === state && finding.Compliance?.Status === status);
const ofCheck = <F extends { readonly GeneratorId: string }>(findings: readonly F[], checkId: string) =>
  findings.filter(({ GeneratorId }) => GeneratorId === checkId);

/** The night, with the report that it stored. */
async function reported(judged: Snapshot, more: Parameters<typeof night>[1] = {}) {
  const store = memoryStore();
  const result = await night(judged, { ...more, store });
  return { result, report: store.kept[1]?.value as Report };
}

describe('a denied call is one finding', () => {
  test('in Security Hub, with the statement to add and the checks that wait; the JSON report has each check', async () => {
    const hub = hubOf(snapshot);
    const { report } = await reported(blind(), { hub });
    const waiting = report.findings.filter(({ status, message }) => status === 'UNKNOWN' && message.includes(ACTION));
    expect(waiting.length).toBeGreaterThan(15);
    const causes = ofCheck([...hub.findings.values()], 'fact-unavailable');
    expect(causes).toHaveLength(1);
    const [cause] = causes;
    expect(JSON.stringify(cause)).toContain(`"Action\\\\\\":[\\\\\\"${ACTION}`.replaceAll('\\\\\\"', '\\"'));
    for (const { checkId } of waiting) expect(JSON.stringify(cause)).toContain(checkId);
    expect([...hub.findings.keys()].filter((id) => waiting.some((finding) => finding.id === id))).toEqual([]);
    for (const finding of waiting) expect(finding.causes).toEqual([cause?.Id]);
  });

  test('in the result of the function', async () => {
    const { result } = await reported(blind());
    const lines = result.unknown.filter((line) => line.includes(ACTION));
    expect(lines).toEqual([expect.stringMatching(/^fact-unavailable: .*root-used-recently/)]);
  });

  test('in the text report', async () => {
    const { report } = await reported(blind());
    const lines = renderText(report, { color: false }).split('\n');
    expect(lines.filter((line) => line.includes(`access to ${ACTION} was denied`) && !line.startsWith('iam-vigil'))).toHaveLength(
      1,
    );
    expect(lines.find((line) => line.includes('Why:') && line.includes(ACTION))).toContain('root-used-recently');
  });

  test('if it hides single items', async () => {
    const { accessKeys } = snapshot.facts;
    if (accessKeys.status === 'unavailable') throw new Error('the sample has access keys');
    const hidden = new Map([...accessKeys.value.keys()].map((user) => [user, denied('iam:ListAccessKeys')]));
    const hub = hubOf(snapshot);
    const { report } = await reported(without({ accessKeys: collected(hidden) }), { hub });
    expect(report.findings.filter(({ message }) => message.includes('iam:ListAccessKeys')).length).toBeGreaterThan(3);
    const told = [...hub.findings.values()].filter(({ Description }) => Description.includes('iam:ListAccessKeys'));
    expect(told.map(({ GeneratorId }) => GeneratorId)).toEqual(['fact-unavailable']);
  });

  test('if other facts depend on it', async () => {
    const gone = denied('iam:GetAccountAuthorizationDetails');
    const { report } = await reported(without({ identities: gone, roleSessions: gone, sshPublicKeys: gone }));
    const causes = report.findings.filter(({ checkId }) => checkId === 'fact-unavailable');
    expect(causes.map(({ resource }) => resource.name)).toEqual(['identities']);
    expect(causes[0]?.message).toContain('roleSessions');
  });

  test('and two denied calls are two', async () => {
    const hub = hubOf(snapshot);
    await reported(without({ credentialReport: denied(ACTION), passwordPolicy: denied('iam:GetAccountPasswordPolicy') }), {
      hub,
    });
    expect(ofCheck([...hub.findings.values()], 'fact-unavailable')).toHaveLength(2);
    expect(inHub(hub, 'NOT_AVAILABLE')).toEqual([]);
  });

  test('but each check is UNKNOWN in Security Hub if fact-unavailable is disabled: a cause that is not told hides nothing', async () => {
    const hub = hubOf(snapshot);
    await reported(blind(), { hub, checks: checks.filter(({ id }) => id !== 'fact-unavailable') });
    expect(inHub(hub, 'NOT_AVAILABLE').length).toBeGreaterThan(15);
  });
});

describe('the findings of the checks that wait', () => {
  test('stay as they are, and are closed by the next night that sees everything', async () => {
    const hub = hubOf(snapshot);
    await reported(snapshot, { hub });
    const failed = inHub(hub, 'FAILED').map(({ Id }) => Id);
    const { result } = await reported(blind(), { hub, at: NOW + DAY, runId: 'run-2' });
    expect(inHub(hub, 'FAILED').map(({ Id }) => Id)).toEqual(expect.arrayContaining(failed));
    expect(result.delivery).toMatchObject({ archived: 0, failed: 0 });
    await reported(snapshot, { hub, at: NOW + 2 * DAY, runId: 'run-3' });
    const { report } = await reported(snapshot, { at: NOW + 2 * DAY });
    const expected = report.findings.flatMap(({ id, status }) => (status === 'FAILED' ? id : []));
    expect(
      inHub(hub, 'FAILED')
        .map(({ Id }) => Id)
        .toSorted(),
    ).toEqual(expected.toSorted());
  });

  test('are refreshed after seven days, so that Security Hub keeps them', async () => {
    const hub = hubOf(snapshot);
    await reported(snapshot, { hub });
    const { result } = await reported(blind(), { hub, at: NOW + 8 * DAY, runId: 'run-2' });
    expect(result.delivery?.archived).toBe(0);
    expect(result.delivery?.refreshed).toBeGreaterThan(20);
  });

  test('that an earlier version imported as NOT_AVAILABLE are withdrawn, with the reason, and never as PASSED', async () => {
    const hub = hubOf(snapshot);
    const { report } = await reported(blind());
    const location = { account: snapshot.accountId, partition: 'aws', region: 'eu-west-1', resources: noResources };
    const old = report.findings.filter(({ status, message }) => status === 'UNKNOWN' && message.includes(ACTION));
    const times = Object.fromEntries(
      ['CreatedAt', 'FirstObservedAt', 'LastObservedAt', 'UpdatedAt'].map((field) => [field, '2026-11-19T03:00:00.000Z']),
    );
    hub.answer(JSON.stringify({ Findings: old.map((finding) => ({ ...toAsff(finding, location), ...times })) }));
    const before = inHub(hub, 'NOT_AVAILABLE').length;
    expect(before).toBe(old.length);
    const { result } = await reported(blind(), { hub });
    expect(inHub(hub, 'NOT_AVAILABLE')).toEqual([]);
    const withdrawn = inHub(hub, 'NOT_AVAILABLE', 'ARCHIVED');
    expect(withdrawn).toHaveLength(before);
    expect(withdrawn[0]?.Compliance?.StatusReasons?.[0]?.Description).toContain('fact-unavailable');
    expect(result.delivery?.archived).toBe(before);
    const second = await reported(blind(), { hub, at: NOW + DAY, runId: 'run-2' });
    expect(second.result.delivery).toMatchObject({ imported: 0, archived: 0 });
  });

  test('come back as findings of their own when their check can be evaluated again', async () => {
    const hub = hubOf(snapshot);
    await reported(blind(), { hub });
    await reported(snapshot, { hub, at: NOW + DAY, runId: 'run-2' });
    expect(ofCheck(inHub(hub, 'FAILED'), 'fact-unavailable')).toEqual([]);
    const { report } = await reported(snapshot, { at: NOW + DAY });
    expect(inHub(hub, 'FAILED')).toHaveLength(report.findings.filter(({ status }) => status === 'FAILED').length);
  });
});

test('a trust policy that cannot be read is one finding, and not one for each check of trust policies', async () => {
  const { identities } = snapshot.facts;
  if (identities.status === 'unavailable') throw new Error('the sample has identities');
  const [first, ...others] = identities.value.roles.filter(({ path }) => path === '/');
  if (!first) throw new Error('the sample has roles');
  const rest = identities.value.roles.filter((role) => role !== first && !others.includes(role));
  const roles = [{ ...first, trustPolicy: 'odd' }, ...others, ...rest];
  const hub = hubOf(snapshot);
  await reported(without({ identities: collected({ ...identities.value, roles }) }), { hub });
  const unknown = inHub(hub, 'NOT_AVAILABLE').filter(({ Resources }) => Resources.some(({ Id }) => Id === first.arn));
  expect(unknown.map(({ GeneratorId }) => GeneratorId)).toEqual(['policy-document-unreadable']);
});

describe('the first thing that is said', () => {
  const nothing = () => {
    const denials = Object.keys(snapshot.facts).map((name) => [name, denied(`iam:Get${name}`)]);
    return without(Object.fromEntries(denials) as Partial<Snapshot['facts']>);
  };

  test('of the text report is how much could not be evaluated and why, and never that no check failed', async () => {
    const { report } = await reported(nothing());
    const [first = '', second = ''] = renderText(
      {
        ...report,
        findings: report.findings.filter(({ status }) => status === 'UNKNOWN'),
        summary: { ...report.summary, failed: { ...report.summary.failed, MEDIUM: 0 } },
      },
      { color: false },
    ).split('\n');
    expect(first).toMatch(/INCOMPLETE: \d+ could not be evaluated \(\d+ of \d+ checks\): .*access to iam:Get\w+ was denied/);
    expect(second).toBe('Of what could be evaluated, no check failed.');
  });

  test('of several accounts tells in how many', async () => {
    const { report } = await reported(blind());
    const accounts = [...report.accounts, ...report.accounts.map((line) => ({ ...line, account: '999988887777' }))];
    expect(renderText({ ...report, accounts }, { color: false }).split('\n')[0]).toContain(
      `checks, in 1 of 2 accounts): credentialReport: access to ${ACTION} was denied`,
    );
  });

  test('of the result of the function is the same', async () => {
    const { result } = await reported(nothing());
    expect(Object.keys(result).indexOf('headline')).toBeLessThan(2);
    expect(result.headline).toMatch(
      /^INCOMPLETE: \d+ could not be evaluated \(\d+ of \d+ checks\): .* of what could be evaluated$/,
    );
    expect((await reported(snapshot)).result.headline).toMatch(/findings failed/);
  });

  test('of the summary of an organization names the accounts that were not scanned or not evaluated', async () => {
    const { result } = await reported(blind());
    const planned = [{ id: result.account }, { id: '222233334444' }];
    const correlation = { scanned: [result.account], failures: { '222233334444': 'access to sts:AssumeRole was denied' } };
    const run = { id: 'run', startedAt: '2026-11-20T03:00:00Z' };
    const report = organizationReport(run, planned, { ...correlation, widestReach: [] }, new Map([[result.account, result]]), {
      ...{ digest: result.digest, problems: [] },
    });
    expect(report.headline).toMatch(
      /^INCOMPLETE: 1 of 2 accounts were not scanned: access to sts:AssumeRole was denied; 1 of 2 accounts have results that could not be evaluated \(\d+\): fact-unavailable: .*; \d+ findings failed of what could be evaluated$/,
    );
  });
});
