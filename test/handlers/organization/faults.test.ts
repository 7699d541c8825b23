import { type SnapshotFile } from '../../../lambda/scanner/facts/snapshot-file.ts';
import { unavailable } from '../../../lambda/scanner/model/observed.ts';
import { smallAccount } from '../../support/aws/small-account.ts';
import { MANAGEMENT, organizationFile } from '../../support/organization.ts';
import { type RunOptions, type TaskName, accountReportsIn, reportIn, shown } from './machine.ts';
import { type FakeOrganization, aFakeOrganization, run } from './fake-organization.ts';

const [SCANNER, FIRST, SECOND] = [smallAccount.accountId, '200000000001', '200000000002'] as const;
const everyone = [SCANNER, FIRST, SECOND, MANAGEMENT].toSorted();

const account = (id: string): SnapshotFile =>
  JSON.parse(JSON.stringify(smallAccount).replaceAll(smallAccount.accountId, id)) as SnapshotFile;
const accounts = everyone.map(account);

const theOrganization = organizationFile({
  accounts: { [SCANNER]: [], [FIRST]: ['ou-ab12-workunit'], [SECOND]: ['ou-ab12-workunit'] },
});
const fourAccounts = (late?: FakeOrganization['late']) =>
  aFakeOrganization({ home: SCANNER, organization: theOrganization, accounts }, late);

let usual: readonly unknown[];
beforeAll(async () => {
  const fake = fourAccounts();
  await run(fake);
  usual = shown(fake);
});

const isAbout = (input: unknown, id: string) => JSON.stringify(input).includes(`"account":"${id}"`);
const ids = (missing: readonly { readonly account: string }[] = []) => missing.map(({ account: id }) => id);

test('what goes right: every account is scanned and delivered', async () => {
  expect(usual.length).toBeGreaterThan(40);
  const fake = fourAccounts();
  const ending = await run(fake);
  expect(ending).toMatchObject({ output: { planned: 4, scanned: 4, notScanned: [], undelivered: [] } });
  expect(ids(reportIn(fake.stored)?.accounts)).toEqual(everyone);
});

const tasks: readonly TaskName[] = ['Plan', 'Scan account', 'Correlate', 'Deliver account', 'Summarize'];

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
    const fake = fourAccounts();
    const first = await run(fake, { around: killedAt(name, when, call) });
    expect('error' in first).toBe(true);
    expect(first.events).toEqual([]);
    const again = await run(fake, { id: 'run-2' });
    expect(again).toMatchObject({ output: { planned: 4, scanned: 4, notScanned: [], undelivered: [] } });
    expect(shown(fake)).toEqual(usual);
  });

  test('under its own name, as a redrive does', async () => {
    const fake = fourAccounts();
    await run(fake, { around: killedAt('Deliver account', 'after', 2) });
    await run(fake);
    expect(shown(fake)).toEqual(usual);
  });
});

describe('what fails once is tried again', () => {
  test.each(tasks)('"%s", before and after its work', async (name) => {
    const fake = fourAccounts();
    const failed = new Set<string>();
    const around: RunOptions['around'] = (task, work) => async (input) => {
      const attempt = JSON.stringify(input);
      const times = [`${attempt} before`, `${attempt} after`].filter((key) => failed.has(key)).length;
      if (task !== name || times > 1) return work(input);
      failed.add(`${attempt} ${times === 0 ? 'before' : 'after'}`);
      if (times === 1) await work(input);
      throw new Error('the connection was cut');
    };
    expect(await run(fake, { around })).toMatchObject({ output: { scanned: 4, notScanned: [], undelivered: [] } });
    expect(failed.size).toBeGreaterThanOrEqual(2);
    expect(shown(fake)).toEqual(usual);
  });
});

describe('an account that fails is told, and costs the others nothing', () => {
  const others = (fake: FakeOrganization) => shown(fake).filter((line) => !JSON.stringify(line).includes(FIRST));
  const usualOthers = () => usual.filter((line) => !JSON.stringify(line).includes(FIRST));
  const told = (fake: FakeOrganization) =>
    accountReportsIn(fake.stored)
      .flatMap(({ findings }) => findings)
      .filter(({ checkId }) => checkId === 'account-not-scanned')
      .map(({ account: reportingAccount, headline, message }) => [reportingAccount, `${headline} ${message}`]);

  test('its role may not be assumed', async () => {
    const fake = fourAccounts();
    fake.shut.add(FIRST);
    const ending = await run(fake);
    const notScanned = [{ account: FIRST, name: `account ${FIRST}`, reason: 'access to sts:AssumeRole was denied' }];
    expect(ending).toMatchObject({ output: { planned: 4, scanned: 3, complete: false, notScanned, undelivered: [] } });
    expect(told(fake)).toEqual([[MANAGEMENT, expect.stringContaining(`Account ${FIRST} (account ${FIRST})`)]]);
    expect(others(fake).filter((line) => !JSON.stringify(line).includes('account-not-scanned'))).toEqual(usualOthers());
    expect(fake.published).toMatchObject([{ complete: false, notScanned }]);
  });

  test('its scan is cut off without a word, as at the end of its time or memory', async () => {
    const fake = fourAccounts();
    const around: RunOptions['around'] = (name, work) => (input) =>
      name === 'Scan account' && isAbout(input, FIRST) ? Promise.reject(new Error('Task timed out')) : work(input);
    const ending = await run(fake, { around });
    const notScanned = [
      {
        account: FIRST,
        reason: expect.stringMatching(/^the scan of the account failed; see the log of the scan-member function/) as unknown,
      },
    ];
    expect(ending).toMatchObject({ output: { planned: 4, scanned: 3, complete: false, notScanned } });
    expect(told(fake)).toHaveLength(1);
  });

  test('its delivery is cut off without a word', async () => {
    const fake = fourAccounts();
    const around: RunOptions['around'] = (name, work) => (input) =>
      name === 'Deliver account' && isAbout(input, FIRST) ? Promise.reject(new Error('Task timed out')) : work(input);
    const undelivered = [
      {
        account: FIRST,
        reason: expect.stringMatching(/^the delivery of the account failed; see the log of the deliver function/) as unknown,
      },
    ];
    expect(await run(fake, { around })).toMatchObject({ output: { scanned: 4, complete: false, undelivered } });
    expect(others(fake)).toEqual(usualOthers());
  });

  test('it vanishes between its scan and its delivery', async () => {
    const fake = fourAccounts();
    const around: RunOptions['around'] = (name, work) => (input) => {
      if (name === 'Correlate') fake.shut.add(FIRST);
      return work(input);
    };
    const undelivered = [
      { account: FIRST, reason: expect.stringMatching(/^no findings were delivered: AccessDenied/) as unknown },
    ];
    expect(await run(fake, { around })).toMatchObject({ output: { scanned: 4, complete: false, undelivered } });
    expect(ids(accountReportsIn(fake.stored))).toEqual(everyone);
  });

  test('its Security Hub is off', async () => {
    const fake = fourAccounts();
    const hub = fake.hubs.get(FIRST);
    if (hub) hub.quirks = { disabledAfter: 0 };
    const undelivered = [{ account: FIRST, reason: expect.stringContaining('aws securityhub enable-security-hub') as unknown }];
    expect(await run(fake)).toMatchObject({ output: { scanned: 4, complete: false, undelivered } });
    expect(others(fake)).toEqual(usualOthers());
  });

  test('it is the management account: another speaks for the Organization', async () => {
    const fake = fourAccounts();
    const around: RunOptions['around'] = (name, work) => (input) =>
      name === 'Scan account' && isAbout(input, MANAGEMENT) ? Promise.reject(new Error('Task timed out')) : work(input);
    expect(await run(fake, { around })).toMatchObject({ output: { scanned: 3, notScanned: [{ account: MANAGEMENT }] } });
    expect(told(fake)).toEqual([[SCANNER, expect.stringContaining(MANAGEMENT)]]);
  });
});

test('no account at all can be scanned: the run fails, and says what to look at', async () => {
  const fake = fourAccounts();
  const around: RunOptions['around'] = (name, work) => (input) =>
    name === 'Scan account' ? Promise.reject(new Error('Task timed out')) : work(input);
  const ending = await run(fake, { around });
  expect('error' in ending && ending.error.message).toMatch(
    /no account could be scanned. Check that the role exists in the accounts/,
  );
});

test('the end of its time comes amid the scans: what was not seen is told, and nothing that was found before is archived', async () => {
  const fake = fourAccounts((file) => ({
    ...file,
    facts: { ...file.facts, accessKeys: unavailable('the time for collecting was up'), identities: unavailable('the same') },
  }));
  await run(fake);
  const archived = () => shown(fake).filter((line) => JSON.stringify(line).includes('ARCHIVED'));
  const before = archived();
  await run(fake, { id: 'run-2', remaining: 120_000 });
  const [first, second] = [reportIn(fake.stored), reportIn(fake.stored, 'run-2')];
  expect(second).toMatchObject({ planned: 4, scanned: 4, complete: false });
  expect(second?.unknown).toBeGreaterThan(first?.unknown ?? Infinity);
  expect(archived()).toEqual(before);
});

test('the collector of an account is told to stop two minutes before the end of the time', async () => {
  const stopped = async (remaining: number) => {
    const signals: boolean[] = [];
    const collect = (_: string, { until }: { readonly until: AbortSignal }) => {
      signals.push(until.aborted);
      return Promise.reject(new Error('enough'));
    };
    await run(fourAccounts(), { collect, remaining });
    return new Set(signals);
  };
  expect([await stopped(120_000), await stopped(150_000)]).toEqual([new Set([true]), new Set([false])]);
});

test('accounts that are closed or suspended are neither planned nor missed', async () => {
  const organization = organizationFile({
    accounts: { [SCANNER]: [], [FIRST]: ['ou-ab12-workunit'] },
    parts: {
      Accounts: [
        ...[SCANNER, FIRST, MANAGEMENT].map((Id) => ({ Id, Name: Id, State: 'ACTIVE', Paths: [`o-exampleorgid/r-ab12/${Id}/`] })),
        { Id: SECOND, Name: 'gone', State: 'SUSPENDED', Paths: [`o-exampleorgid/r-ab12/${SECOND}/`] },
      ],
    },
  });
  const smaller = aFakeOrganization({ home: SCANNER, organization, accounts });
  expect(await run(smaller)).toMatchObject({ output: { planned: 3, scanned: 3, notScanned: [], undelivered: [] } });
  expect(ids(reportIn(smaller.stored)?.accounts)).toEqual([SCANNER, FIRST, MANAGEMENT].toSorted());
});
