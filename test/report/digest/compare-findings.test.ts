import { type RememberedAccount, compareFindings } from '../../../lambda/scanner/report/digest/compare-findings.ts';
import type { FoundFinding, FoundInAccount } from '../../../lambda/scanner/report/digest/found.ts';

const ACCOUNT = '111122223333';
const OTHER = '444455556666';

const aFinding = (name: string, more: Partial<FoundFinding> = {}): FoundFinding => ({
  ...{ id: `iam-vigil/v1/${ACCOUNT}/admin-user/${name}`, checkId: 'admin-user', state: 'failed', severity: 'MEDIUM' },
  ...{ headline: `IAM user ${name} is administrator`, ...more },
});

const found = (findings: readonly FoundFinding[], more: Partial<FoundInAccount> = {}): FoundInAccount => ({
  ...{ account: ACCOUNT, findings, checks: ['admin-user'], proven: ['admin-user'], acrossAccounts: [], unseenAccounts: [] },
  ...more,
});

/** Runs one night after the other, and says in a word what each tells of which user. */
function nights(...each: readonly FoundInAccount[]): readonly (readonly string[])[] {
  let before: RememberedAccount | undefined;
  return each.map((tonight) => {
    const { items, remembered } = compareFindings(before, tonight);
    before = JSON.parse(JSON.stringify(remembered)) as RememberedAccount;
    return items.map(({ what, severity, key }) => `${what} ${severity} ${key.split('/').at(-1) ?? ''}`);
  });
}

const [ann, bob] = ['ann', 'bob'].map((name) => aFinding(name)) as [FoundFinding, FoundFinding];
const worse = aFinding('ann', { severity: 'CRITICAL' });
const unseen = aFinding('ann', { state: 'unseen' });
const explained = aFinding('ann', { state: 'explained' });
const accepted = aFinding('ann', { state: 'accepted' });
const planted = aFinding('key', { isEvent: true, message: 'Its user is administrator.' });
const blind = { proven: [] };
const away = aFinding('ann', { accounts: [OTHER] });
const overAccounts = { acrossAccounts: ['admin-user'], unseenAccounts: [OTHER] };

test.each<[string, readonly FoundInAccount[], readonly (readonly string[])[]]>([
  ['the first night tells nothing', [found([ann, bob])], [[]]],
  ['the first night tells a change', [found([ann, planted])], [['new MEDIUM key']]],
  ['an unchanged night tells nothing', [found([ann]), found([ann]), found([ann])], [[], [], []]],
  ['what is new is told once', [found([]), found([ann]), found([ann])], [[], ['new MEDIUM ann'], []]],
  ['what is worse is told once', [found([ann]), found([worse]), found([worse])], [[], ['worse CRITICAL ann'], []]],
  ['what is less severe is not told', [found([worse]), found([ann]), found([worse])], [[], [], ['worse CRITICAL ann']]],
  ['what is fixed is told once', [found([ann]), found([]), found([])], [[], ['fixed MEDIUM ann'], []]],
  ['what comes back is new', [found([ann]), found([]), found([ann])], [[], ['fixed MEDIUM ann'], ['new MEDIUM ann']]],
  ['a change is told once, and is not fixed', [found([]), found([planted]), found([])], [[], ['new MEDIUM key'], []]],
  [
    'what cannot be evaluated for nights is told once, and is not new when it can',
    [found([ann]), found([unseen], blind), found([unseen], blind), found([ann])],
    [[], ['unseen MEDIUM ann'], [], []],
  ],
  ['what was never seen to fail is new when it fails', [found([unseen]), found([ann])], [[], ['new MEDIUM ann']]],
  ['what an exception accepts is not fixed', [found([ann]), found([accepted]), found([accepted])], [[], [], []]],
  ['what no exception accepts any more is new', [found([ann]), found([accepted]), found([ann])], [[], [], ['new MEDIUM ann']]],
  ['an accepted finding that is fixed is not told', [found([accepted]), found([])], [[], []]],
  ['what another finding explains is not told', [found([ann]), found([explained], blind), found([ann])], [[], [], []]],
  ['what a blind night does not find is not fixed', [found([ann]), found([], blind), found([ann])], [[], [], []]],
  ['it is fixed once the check sees again', [found([ann]), found([], blind), found([])], [[], [], ['fixed MEDIUM ann']]],
  ['what names an account that was not seen is not fixed', [found([away]), found([], overAccounts), found([away])], [[], [], []]],
  ['what names no such account is', [found([bob]), found([], overAccounts)], [[], ['fixed MEDIUM bob']]],
  ['a check that no longer runs fixes nothing', [found([ann]), found([], { checks: [], proven: [] })], [[], []]],
  [
    'a check that runs for the first time tells nothing',
    [found([], { checks: [] }), found([ann]), found([bob])],
    [[], [], ['new MEDIUM bob', 'fixed MEDIUM ann']],
  ],
])('%s', (_name, each, told) => {
  expect(nights(...each)).toEqual(told);
});
