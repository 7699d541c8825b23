import type { SnapshotFile } from '../../../lambda/scanner/facts/snapshot-file.ts';
import { smallAccount } from '../../support/aws/small-account.ts';
import { MANAGEMENT, organizationFile } from '../../support/organization.ts';
import { silently } from '../silently.ts';
import { type RunOptions, type Stage, type TaskName, accountReports, reportOf, run, setUp, shown } from './run.ts';

jest.setTimeout(120_000);
const printed = silently();

const [SCANNER, FIRST, SECOND] = [smallAccount.accountId, '200000000001', '200000000002'] as const;
const everyone = [SCANNER, FIRST, SECOND, MANAGEMENT].toSorted();

const account = (id: string): SnapshotFile =>
  JSON.parse(JSON.stringify(smallAccount).replaceAll(smallAccount.accountId, id)) as SnapshotFile;

/** Accounts that can be shut while a run goes on. */
async function stageOf(): Promise<{ readonly stage: Stage; readonly shut: string[] }> {
  const shut: string[] = [];
  const organization = organizationFile({
    accounts: { [SCANNER]: [], [FIRST]: ['ou-ab12-work'], [SECOND]: ['ou-ab12-work'] },
  });
  const stage = await setUp({
    ...{ home: account(SCANNER), organization, accounts: everyone.map(account) },
    quirks: { accountsWithoutRole: shut },
  });
  return { stage, shut };
}

async function withStage<T>(play: (stage: Stage, shut: string[]) => Promise<T>): Promise<T> {
  const { stage, shut } = await stageOf();
  try {
    return await play(stage, shut);
  } finally {
    await stage.aws.stop();
  }
}

let usual: readonly unknown[];
beforeAll(async () => {
  usual = await withStage(async (stage) => {
    await run(stage);
    return shown(stage);
  });
});

const isAbout = (input: unknown, id: string) => JSON.stringify(input).includes(`"account":"${id}"`);
const ids = (missing: readonly { readonly account: string }[] = []) => missing.map(({ account: id }) => id);

test('what goes right: every account is scanned and delivered', async () => {
  expect(usual.length).toBeGreaterThan(40);
  await withStage(async (stage) => {
    const ending = await run(stage);
    expect(ending).toMatchObject({ output: { planned: 4, scanned: 4, notScanned: [], undelivered: [] } });
    expect(ids(reportOf(stage)?.accounts)).toEqual(everyone);
  });
});

const tasks: readonly TaskName[] = ['Plan', 'Scan account', 'Correlate', 'Deliver account', 'Summarise'];

/** From this call of the task on nothing works any more, and the call itself may still have done what it does. */
function killedAt(name: TaskName, when: 'before' | 'after', call: number): NonNullable<RunOptions['around']> {
  let calls = 0;
  let isDead = false;
  const dead = () => Promise.reject(new Error('killed'));
  return (task, work) => async (input) => {
    if (isDead) return dead();
    if (task !== name || (calls += 1) < call) return work(input);
    isDead = true;
    if (when === 'after') await work(input);
    return dead();
  };
}

describe('a run that is killed, and started again, ends in the same findings', () => {
  const places = tasks.flatMap((name) =>
    (['before', 'after'] as const).flatMap((when) =>
      (name.endsWith('account') ? [1, 3] : [1]).map((call) => [when, name, call] as const),
    ),
  );

  test.each(places)('%s "%s", call %d', async (when, name, call) => {
    await withStage(async (stage) => {
      const first = await run(stage, { around: killedAt(name, when, call) });
      expect('error' in first).toBe(true);
      expect(first.events).toEqual([]);
      const again = await run(stage, { id: 'run-2' });
      expect(again).toMatchObject({ output: { planned: 4, scanned: 4, notScanned: [], undelivered: [] } });
      expect(shown(stage)).toEqual(usual);
    });
  });

  test('under its own name, as a redrive does', async () => {
    await withStage(async (stage) => {
      await run(stage, { around: killedAt('Deliver account', 'after', 2) });
      await run(stage);
      expect(shown(stage)).toEqual(usual);
    });
  });
});

describe('what fails once is tried again', () => {
  test.each(tasks)('"%s", before and after its work', async (name) => {
    await withStage(async (stage) => {
      const failed = new Set<string>();
      const around: RunOptions['around'] = (task, work) => async (input) => {
        const attempt = JSON.stringify(input);
        const times = [`${attempt} before`, `${attempt} after`].filter((key) => failed.has(key)).length;
        if (task !== name || times > 1) return work(input);
        failed.add(`${attempt} ${times === 0 ? 'before' : 'after'}`);
        if (times === 1) await work(input);
        throw new Error('the connection was cut');
      };
      expect(await run(stage, { around })).toMatchObject({ output: { scanned: 4, notScanned: [], undelivered: [] } });
      expect(failed.size).toBeGreaterThanOrEqual(2);
      expect(shown(stage)).toEqual(usual);
    });
  });
});

describe('an account that fails is told, and costs the others nothing', () => {
  const others = (stage: Stage) => shown(stage).filter((line) => !JSON.stringify(line).includes(FIRST));
  const usualOthers = () => usual.filter((line) => !JSON.stringify(line).includes(FIRST));
  const told = (stage: Stage) =>
    accountReports(stage)
      .flatMap(({ findings }) => findings)
      .filter(({ checkId }) => checkId === 'account-not-scanned')
      .map(({ account: speaker, message }) => [speaker, message]);
  const metric = (name: string) =>
    printed
      .flatMap((chunk) => chunk.split('\n'))
      .filter((line) => line.includes('CloudWatchMetrics'))
      .map((line) => (JSON.parse(line) as Readonly<Record<string, unknown>>)[name]);

  test('its role may not be assumed', async () => {
    await withStage(async (stage, shut) => {
      shut.push(FIRST);
      const ending = await run(stage);
      const notScanned = [{ account: FIRST, name: `account ${FIRST}`, reason: 'access to sts:AssumeRole was denied' }];
      expect(ending).toMatchObject({ output: { planned: 4, scanned: 3, complete: false, notScanned, undelivered: [] } });
      expect(told(stage)).toEqual([[MANAGEMENT, expect.stringContaining(`Account ${FIRST} (account ${FIRST})`)]]);
      expect(others(stage).filter((line) => !JSON.stringify(line).includes('account-not-scanned'))).toEqual(usualOthers());
      expect(metric('AccountsNotScanned')).toEqual([1]);
      expect(metric('IncompleteRuns')).toEqual([1]);
    });
  });

  test('its scan is cut off without a word, as at the end of its time or memory', async () => {
    await withStage(async (stage) => {
      const around: RunOptions['around'] = (name, work) => (input) =>
        name === 'Scan account' && isAbout(input, FIRST) ? Promise.reject(new Error('Task timed out')) : work(input);
      const ending = await run(stage, { around });
      const notScanned = [{ account: FIRST, reason: expect.stringMatching(/^the scan of the account failed/) as unknown }];
      expect(ending).toMatchObject({ output: { planned: 4, scanned: 3, complete: false, notScanned } });
      expect(told(stage)).toHaveLength(1);
    });
  });

  test('its delivery is cut off without a word', async () => {
    await withStage(async (stage) => {
      const around: RunOptions['around'] = (name, work) => (input) =>
        name === 'Deliver account' && isAbout(input, FIRST) ? Promise.reject(new Error('Task timed out')) : work(input);
      const undelivered = [{ account: FIRST, reason: expect.stringMatching(/^the delivery of the account failed/) as unknown }];
      expect(await run(stage, { around })).toMatchObject({ output: { scanned: 4, complete: false, undelivered } });
      expect(others(stage)).toEqual(usualOthers());
    });
  });

  test('it vanishes between its scan and its delivery', async () => {
    await withStage(async (stage, shut) => {
      const around: RunOptions['around'] = (name, work) => (input) => {
        if (name === 'Correlate') shut.push(FIRST);
        return work(input);
      };
      const undelivered = [
        { account: FIRST, reason: expect.stringMatching(/^no findings were delivered: AccessDenied/) as unknown },
      ];
      expect(await run(stage, { around })).toMatchObject({ output: { scanned: 4, complete: false, undelivered } });
      expect(ids(accountReports(stage))).toEqual(everyone);
    });
  });

  test('its Security Hub is off', async () => {
    await withStage(async (stage) => {
      const hub = stage.hubs.get(FIRST);
      if (hub) hub.quirks = { disabledAfter: 0 };
      const undelivered = [{ account: FIRST, reason: expect.stringContaining('aws securityhub enable-security-hub') as unknown }];
      expect(await run(stage)).toMatchObject({ output: { scanned: 4, complete: false, undelivered } });
      expect(others(stage)).toEqual(usualOthers());
    });
  });

  test('it is the management account: another speaks for the Organization', async () => {
    await withStage(async (stage) => {
      const around: RunOptions['around'] = (name, work) => (input) =>
        name === 'Scan account' && isAbout(input, MANAGEMENT) ? Promise.reject(new Error('Task timed out')) : work(input);
      expect(await run(stage, { around })).toMatchObject({ output: { scanned: 3, notScanned: [{ account: MANAGEMENT }] } });
      expect(told(stage)).toEqual([[SCANNER, expect.stringContaining(MANAGEMENT)]]);
    });
  });
});

test('no account at all can be scanned: the run fails, and says what to look at', async () => {
  await withStage(async (stage) => {
    const around: RunOptions['around'] = (name, work) => (input) =>
      name === 'Scan account' ? Promise.reject(new Error('Task timed out')) : work(input);
    const ending = await run(stage, { around });
    expect('error' in ending && ending.error.message).toMatch(
      /no account could be scanned. Check that the role exists in the accounts/,
    );
  });
});

test('the end of its time comes amid the scans: what was not seen is told, and nothing that was found before is archived', async () => {
  await withStage(async (stage) => {
    await run(stage);
    const archived = () => shown(stage).filter((line) => JSON.stringify(line).includes('ARCHIVED'));
    const before = archived();
    stage.quirks.slowness = 200;
    // A second more than what is left for judging.
    await run(stage, { id: 'run-2', remaining: 121_000 });
    const [first, second] = [reportOf(stage), reportOf(stage, 'run-2')];
    expect(second?.planned).toBe(4);
    expect([second?.notScanned.length, second?.unknown]).not.toEqual([0, first?.unknown]);
    expect(archived()).toEqual(before);
  });
});

test('accounts that are closed or suspended are neither planned nor missed', async () => {
  const { stage } = await stageOf();
  await stage.aws.stop();
  const organization = organizationFile({
    accounts: { [SCANNER]: [], [FIRST]: ['ou-ab12-work'] },
    parts: {
      Accounts: [
        ...[SCANNER, FIRST, MANAGEMENT].map((Id) => ({ Id, Name: Id, State: 'ACTIVE', Paths: ['o-exampleorgid/r-ab12/'] })),
        { Id: SECOND, Name: 'gone', State: 'SUSPENDED', Paths: ['o-exampleorgid/r-ab12/'] },
      ],
    },
  });
  const smaller = await setUp({ home: account(SCANNER), organization, accounts: everyone.map(account) });
  try {
    expect(await run(smaller)).toMatchObject({ output: { planned: 3, scanned: 3, notScanned: [], undelivered: [] } });
    expect(ids(reportOf(smaller)?.accounts)).toEqual([SCANNER, FIRST, MANAGEMENT].toSorted());
  } finally {
    await smaller.aws.stop();
  }
});

test.each([
  ['no run', {}],
  [
    'a run that would lie in the folder of another',
    { run: { id: '../run-1', startedAt: '2026-11-20T03:00:00Z' }, account: FIRST },
  ],
  ['an id of an account that is none', { run: { id: 'run', startedAt: '2026-11-20T03:00:00Z' }, account: '../../etc' }],
])('a state that is told %s refuses', async (_name, sent) => {
  const { handler } = await import('../../../lambda/handlers/organization/scan-member.ts');
  const invocation = {
    awsRequestId: '1',
    invokedFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:x',
    getRemainingTimeInMillis: () => 1,
  };
  await expect(handler(sent, invocation)).rejects.toThrow(/run|account/);
});
