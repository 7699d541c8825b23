import { ownAccounts as ownAccountsOf, summaryFactsOf } from '../../lambda/scanner/evaluate/own-accounts.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { type Snapshot, parseSnapshot } from '../../lambda/scanner/facts/snapshot.ts';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import { collected, unavailable } from '../../lambda/scanner/model/observed.ts';
import { EXTERNAL_ANALYZER, smallAccount } from '../support/aws/small-account.ts';
import { ACCOUNT } from '../support/builders.ts';

const OTHER = '222233334444';
const CLOSED = '333344445555';

const account = (accountId: string, facts: Partial<SnapshotFile['facts']> = {}): Snapshot =>
  parseSnapshot({ ...smallAccount, accountId, facts: { ...smallAccount.facts, rootFeatures: collected(null), ...facts } });
const analyzers = (...types: readonly string[]) => ({
  analyzers: collected({
    'us-east-1': collected({ analyzers: types.map((type): Json => ({ ...EXTERNAL_ANALYZER, type })) }),
  }),
});
const denied = { analyzers: collected({ 'us-east-1': unavailable('denied') }) };
const none = account(OTHER, analyzers());
const ownAccounts = (snapshots: readonly Snapshot[], accounts: Parameters<typeof ownAccountsOf>[1]) =>
  ownAccountsOf(snapshots.map(summaryFactsOf), accounts);
const listed = [ACCOUNT, OTHER].map((id) => ({ id, active: true }));

test('are those that are scanned together, and those that were listed', () => {
  const { ids, complete } = ownAccounts([account(ACCOUNT)], [{ id: OTHER, active: true }]);
  expect([[...ids], complete]).toEqual([[ACCOUNT, OTHER], true]);
  expect(ownAccounts([account(ACCOUNT)], undefined)).toMatchObject({ ids: new Set([ACCOUNT]), complete: false });
});

test.each([
  ['there is one in another account', account(ACCOUNT, analyzers('ORGANIZATION')), listed, [1, true]],
  ['there is one, though not all accounts are known', account(ACCOUNT, analyzers('ORGANIZATION')), undefined, [1, false]],
  ['there is none, and all accounts were asked', account(ACCOUNT, analyzers('ACCOUNT')), listed, [0, true]],
  [
    'there is none, but in a closed account',
    account(ACCOUNT, analyzers()),
    [...listed, { id: CLOSED, active: false }],
    [0, true],
  ],
  ['an account was not scanned', account(ACCOUNT, analyzers()), [...listed, { id: CLOSED, active: true }], [0, false]],
  ['not all accounts are known', account(ACCOUNT, analyzers()), undefined, [0, false]],
  ['one account could not be asked', account(ACCOUNT, denied), listed, [0, false]],
  ['one account was not asked', account(ACCOUNT, { analyzers: unavailable('denied') }), listed, [0, false]],
])('an analyzer of the Organization: %s', (_name, first, accounts, expected) => {
  const { organizationAnalyzers } = ownAccounts([first, none], accounts);
  expect([organizationAnalyzers.regions.length, organizationAnalyzers.complete]).toEqual(expected);
});

test('the features of the Organization are those that one of them tells', () => {
  const features = collected({ EnabledFeatures: ['RootSessions'] });
  expect(ownAccounts([none, account(ACCOUNT, { rootFeatures: features })], listed).rootFeatures).toEqual(['RootSessions']);
  expect(ownAccounts([none, account(ACCOUNT, { rootFeatures: unavailable('denied') })], listed)).not.toHaveProperty(
    'rootFeatures',
  );
});
