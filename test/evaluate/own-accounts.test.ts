import {
  type AccountSummaryFacts,
  ownAccounts as ownAccountsOf,
  partlyReadAccounts,
  summaryFactsOf,
} from '../../lambda/scanner/evaluate/own-accounts.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { type Snapshot, parseSnapshot } from '../../lambda/scanner/facts/snapshot.ts';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import { collected, unavailable } from '../../lambda/scanner/model/observed.ts';
import { EXTERNAL_ANALYZER, smallAccount } from '../support/aws/small-account.ts';
import { ACCOUNT, NOW, aRole, aUser, identities } from '../support/builders.ts';
import { observedFacts } from '../support/observed-facts.ts';

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

describe('an account knows of its organization', () => {
  const known = (facts: Partial<Snapshot['facts']>): AccountSummaryFacts =>
    summaryFactsOf({ takenAt: NOW, partition: 'aws', accountId: ACCOUNT, calls: 0, facts: observedFacts(facts) });
  const nothing: AccountSummaryFacts = { account: ACCOUNT, organizationAnalyzers: { regions: [], complete: true } };
  const inRegion = (region: string) => {
    const path = `/aws-reserved/sso.amazonaws.com/${region}`;
    return aRole('AWSReservedSSO_Admins_0123456789abcdef', { path });
  };
  const analyzer = (type: string, active = true) => collected([{ arn: 'a', type, active }]);
  const listing = (answers: Readonly<Record<string, ReturnType<typeof analyzer>>>) => ({
    analyzers: collected(new Map(Object.entries(answers))),
  });

  test.each<[name: string, facts: Partial<Snapshot['facts']>, more: Partial<AccountSummaryFacts>]>([
    ['nothing, where AWS told nothing', { rootFeatures: unavailable('denied') }, {}],
    ['nothing of the features of root access, where it was not asked for them', { rootFeatures: collected(undefined) }, {}],
    ['that no feature of root access is enabled', { rootFeatures: collected([]) }, { rootFeatures: [] }],
    [
      'the Regions of IAM Identity Center, each once',
      {
        identities: collected(
          identities({ roles: [aRole('app'), inRegion('eu-west-1/'), inRegion(''), inRegion('eu-central-1/'), inRegion('')] }),
        ),
      },
      { identityCenterRegions: ['eu-central-1', 'eu-west-1', 'us-east-1'] },
    ],
    ['no Region, where no role is of IAM Identity Center', { identities: collected(identities({ roles: [aRole('app')] })) }, {}],
    ['no Region, where its roles are not known', { identities: unavailable('denied') }, { isPartlyRead: true }],
    [
      'that its identities could not be read completely',
      { identities: collected(identities({ users: [aUser('ann', { unreadPolicies: ['GroupList'] })] })) },
      { isPartlyRead: true },
    ],
    [
      'the Regions with an active analyzer for all of it',
      listing({
        ...{ 'us-east-1': analyzer('ORGANIZATION'), 'us-east-2': analyzer('ORGANIZATION', false) },
        ...{ 'eu-west-1': analyzer('ACCOUNT'), 'eu-west-2': collected([]) },
      }),
      { organizationAnalyzers: { regions: ['us-east-1'], complete: true } },
    ],
    [
      'not all Regions, where one did not answer',
      listing({ 'us-east-1': analyzer('ORGANIZATION'), 'eu-west-1': unavailable('denied') }),
      { organizationAnalyzers: { regions: ['us-east-1'], complete: false } },
    ],
    [
      'no Region, where none was asked',
      { analyzers: unavailable('denied') },
      { organizationAnalyzers: { regions: [], complete: false } },
    ],
  ])('%s', (_name, facts, more) => {
    expect(known(facts)).toStrictEqual({ ...nothing, ...more });
  });

  test('the Regions that any of them names are those of all, each once', () => {
    const summaries = [
      { ...nothing, identityCenterRegions: ['us-east-1'] },
      nothing,
      { ...nothing, identityCenterRegions: ['eu-west-1', 'us-east-1'] },
    ];
    expect(ownAccountsOf(summaries, undefined).identityCenterRegions).toEqual(['eu-west-1', 'us-east-1']);
    expect(ownAccountsOf([nothing], undefined).identityCenterRegions).toEqual([]);
  });

  test('the accounts that were read in part are those that say so', () => {
    expect(partlyReadAccounts([nothing, { ...nothing, account: OTHER, isPartlyRead: true }])).toEqual([OTHER]);
  });
});
