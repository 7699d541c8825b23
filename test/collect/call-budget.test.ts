import { accountFactNames } from '../../lambda/scanner/collect/account-facts.ts';
import { type SnapshotFile, collected } from '../../lambda/scanner/model/snapshot-file.ts';
import { smallAccount } from '../support/aws/small-account.ts';
import { bigAccount, special } from './big-account.ts';
import { type Collected, collectFrom } from './live.ts';

const perKey = ['ListAccessKeys', 'GetAccessKeyLastUsed'];
const perDevice = ['ListMFADevices', 'GetMFADevice'];

const countOf = ({ calls }: Collected, ...actions: readonly string[]) =>
  calls.filter(({ action }) => actions.includes(action)).length;

describe('an account of 5,000 users, 5,000 roles and 5,000 policies', () => {
  let all: Collected;

  beforeAll(async () => {
    all = await collectFrom(bigAccount());
  }, 60_000);

  test('is seen whole', () => {
    const { facts } = all.snapshot;
    expect(Object.entries(facts).flatMap(([name, { status }]) => (status === 'unavailable' ? [name] : []))).toEqual(['compute']);
    expect(facts.identities).toMatchObject({
      value: { users: { length: 5_000 }, roles: { length: 5_000 }, policies: { length: 5_000 } },
    });
  });

  test('takes at most 30 calls, those for hardware MFA and for reported keys aside', () => {
    expect(all.calls.length - countOf(all, ...perKey, ...perDevice)).toBeLessThanOrEqual(30);
  });

  test('takes at most two calls for each user with hardware MFA', () => {
    expect(countOf(all, ...perDevice)).toBe(2 * special.withHardwareMfa);
  });

  test('takes at most two calls for each user with a reported key', () => {
    expect(countOf(all, 'ListAccessKeys')).toBe(special.withKeys);
    expect(countOf(all, 'GetAccessKeyLastUsed')).toBe(2 * special.withTwoKeys);
    expect(countOf(all, ...perKey)).toBeLessThanOrEqual(2 * special.withKeys);
  });
});

describe('what the account summary says there is none of', () => {
  const asked = ['ListServerCertificates', 'ListSAMLProviders', 'ListOpenIDConnectProviders'];
  const counting = (counts: Readonly<Record<string, number>>): SnapshotFile => ({
    ...smallAccount,
    facts: {
      ...smallAccount.facts,
      accountSummary: collected({ SummaryMap: { AccountMFAEnabled: 1, AccountAccessKeysPresent: 0, ...counts } }),
    },
  });

  test.each([
    ['is not asked for', { ServerCertificates: 0, Providers: 0 }, []],
    ['is asked for where there is some', { ServerCertificates: 1, Providers: 2 }, asked],
    ['is asked for where it does not say', {}, asked],
    ['is told apart', { ServerCertificates: 0, Providers: 2 }, asked.slice(1)],
  ])('%s', async (_name, counts, expected) => {
    const { calls, snapshot } = await collectFrom(counting(counts));
    expect(asked.filter((name) => calls.some(({ action }) => action === name))).toEqual(expected);
    for (const name of ['serverCertificates', 'samlProviders', 'oidcProviders'] as const)
      expect(snapshot.facts[name].status).toBe('collected');
  });

  test('is asked for where the summary is denied, or was not wanted', async () => {
    const served = counting({ ServerCertificates: 0, Providers: 0 });
    const denied = await collectFrom(served, { deny: ['iam:GetAccountSummary'] });
    const unwanted = await collectFrom(served, {}, { facts: accountFactNames.filter((name) => name !== 'accountSummary') });
    for (const { calls } of [denied, unwanted]) expect(calls.map(({ action }) => action)).toEqual(expect.arrayContaining(asked));
  });
});
