import { accountsNamedIn, isUnproven, proofOf, unsettledChecks } from '../../lambda/scanner/evaluate/proof.ts';
import type { Report, UnreadData } from '../../lambda/scanner/model/report.ts';
import { aFinding } from '../report/report-builder.ts';
import { ACCOUNT } from '../support/builders.ts';

const OTHER = '222233334444';
const THIRD = '333344445555';

describe('a report proves', () => {
  const checks = [
    { id: 'admin-user', needs: ['access'] },
    { id: 'cross-account-admin', needs: ['crossAccountReach'] },
  ] as const;
  const unreadOf = (account: string, ...depending: readonly string[]): UnreadData => ({
    ...{ account, fact: 'identities', isWanted: true, elements: [], count: 1, checks: depending },
  });
  const all = {
    ran: new Set(['admin-user', 'cross-account-admin']),
    unproven: new Set(),
    acrossAccounts: new Set(['cross-account-admin']),
    unseenAccounts: new Set(),
  };

  test.each<[name: string, report: Pick<Report, 'unread' | 'notAnalyzed' | 'partlyAnalyzed'>, more: object]>([
    ['all findings of the checks that ran, where all was read', {}, {}],
    [
      'none of the checks that depend on what was not read in the account',
      { unread: [unreadOf(ACCOUNT, 'admin-user'), unreadOf(ACCOUNT, 'admin-user', 'access-key-unused')] },
      { unproven: new Set(['admin-user', 'access-key-unused']) },
    ],
    ['all of them, where that was not read in another account', { unread: [unreadOf(OTHER, 'admin-user')] }, {}],
    [
      'nothing about accounts that were not analyzed, or only in part',
      { notAnalyzed: [OTHER], partlyAnalyzed: [THIRD] },
      { unseenAccounts: new Set([OTHER, THIRD]) },
    ],
  ])('%s', (_name, report, more) => {
    expect(proofOf(report, { account: ACCOUNT, checks })).toEqual({ ...all, ...more });
  });

  test('that no check depends on other accounts, where none says what it needs', () => {
    expect(proofOf({}, { account: ACCOUNT, checks: [{ id: 'admin-user' }] }).acrossAccounts).toEqual(new Set());
  });
});

test('a check is settled unless a finding of it is UNKNOWN, or on a key that is known by its number only', () => {
  const key = (name: string) => ({ type: 'AwsIamAccessKey', arn: `arn:aws:iam::${ACCOUNT}:user/ann`, name }) as const;
  const findings = [
    aFinding('ann', { checkId: 'admin-user' }),
    aFinding('bob', { checkId: 'shadow-admin' }),
    aFinding('cem', { checkId: 'shadow-admin', status: 'UNKNOWN' }),
    aFinding('ann', { checkId: 'access-key-unused', resource: key('key 1') }),
    aFinding('ann', { checkId: 'access-key-unrotated', resource: key('AKIAIOSFODNN7EXAMPLE') }),
    aFinding('bob', { checkId: 'mfa-missing', status: 'SUPPRESSED' }),
  ];
  expect(unsettledChecks(findings)).toEqual(new Set(['shadow-admin', 'access-key-unused']));
});

describe('a finding that is missing in the report', () => {
  const judged = { isJudged: true };
  const across = { ran: new Set<string>(), acrossAccounts: new Set(['a-check']) };
  const unseen = { ...across, unseenAccounts: new Set([OTHER]) };
  const named = (...accounts: readonly string[]) => ({ isJudged: true, accounts });
  const unproven = { ran: new Set<string>(), unproven: new Set(['a-check']) };

  test.each<[name: string, ...given: Parameters<typeof isUnproven>]>([
    ['its check depends on what was not read', judged, 'a-check', unproven],
    ['it names an account that was not seen', named(THIRD, OTHER), 'a-check', unseen],
    ['it leaves out accounts, and one was not seen', named('*'), 'a-check', unseen],
    ['it was UNKNOWN, and names an account that was not seen', { isJudged: false, accounts: [OTHER] }, 'a-check', unseen],
  ])('may still be true: %s', (_name, ...given) => {
    expect(isUnproven(...given)).toBe(true);
  });

  test.each<[name: string, ...given: Parameters<typeof isUnproven>]>([
    ['all was read', judged, 'a-check', { ran: new Set() }],
    ['another check depends on what was not read', judged, 'b-check', unproven],
    ['it was UNKNOWN, so nothing was wrong', { isJudged: false }, 'a-check', unproven],
    ['it names no account', judged, 'a-check', unseen],
    ['all accounts that it names were seen', named(THIRD), 'a-check', unseen],
    ['it leaves out accounts, and all were seen', named('*'), 'a-check', across],
    ['its check does not depend on other accounts', named(OTHER), 'b-check', unseen],
  ])('is fixed: %s', (_name, ...given) => {
    expect(isUnproven(...given)).toBe(false);
  });
});

test.each<[name: string, evidence: string, accounts: readonly string[]]>([
  ['none', '{"days":5}', []],
  ['each once', `["${OTHER}","${THIRD}","arn:aws:iam::${OTHER}:root"]`, [OTHER, THIRD]],
  ['none of a longer number', `{"at":"${OTHER}5"}`, []],
  ['those that were left out', `["${OTHER}"],"throughCount":60`, [OTHER, '*']],
  ['those that were left out, as Security Hub stores it', 'iam-vigil/Evidence/throughCount 60', ['*']],
  ['no word that only ends alike', '{"passthroughCount":60}', []],
])('the accounts that evidence names are %s', (_name, evidence, accounts) => {
  expect(accountsNamedIn(evidence)).toEqual(accounts);
});
