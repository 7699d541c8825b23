import { accountCoverage, factCoverage, isByItem, itemsOf, partialGap } from '../../lambda/scanner/evaluate/coverage.ts';
import { parseSnapshot } from '../../lambda/scanner/facts/snapshot.ts';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import { type Observed, collected, unavailable } from '../../lambda/scanner/model/observed.ts';
import { smallAccount } from '../support/aws/small-account.ts';
import { ACCOUNT, aPolicy, identities } from '../support/builders.ts';
import { collectedFacts } from '../support/observed-facts.ts';

const snapshot = (facts: Partial<SnapshotFile['facts']> = {}) =>
  parseSnapshot({ ...smallAccount, facts: { ...smallAccount.facts, ...facts } });
const coverageOf = (facts: Partial<SnapshotFile['facts']>, name: string) =>
  factCoverage(snapshot(facts)).filter((fact) => fact.name === name);

test('a collected fact has no gaps', () => {
  expect(factCoverage(snapshot()).every(({ gaps }) => gaps.length === 0)).toBe(true);
  expect(coverageOf({}, 'roleSessions')).toEqual([{ name: 'roleSessions', gaps: [] }]);
});

test('a denied fact is one gap', () => {
  expect(coverageOf({ passwordPolicy: unavailable('denied', 'iam:GetAccountPasswordPolicy') }, 'passwordPolicy')).toEqual([
    { name: 'passwordPolicy', gaps: [{ action: 'iam:GetAccountPasswordPolicy', reason: 'denied' }] },
  ]);
});

test('a fact that was not requested, or is not in the files, is left out', () => {
  expect(coverageOf({ passwordPolicy: unavailable('it is not in the snapshot') }, 'passwordPolicy')).toEqual([]);
});

test('denied items are counted by action', () => {
  const accessKeys = collected({
    ann: collected({ AccessKeyMetadata: [] }),
    bob: unavailable('denied', 'iam:ListAccessKeys'),
    eve: unavailable('denied', 'iam:ListAccessKeys'),
    odd: unavailable('it is not in the snapshot'),
  });
  expect(coverageOf({ accessKeys }, 'accessKeys')).toEqual([
    { name: 'accessKeys', gaps: [{ action: 'iam:ListAccessKeys', reason: 'denied', items: { hidden: 2, of: 4 } }] },
  ]);
});

test('permissions boundaries that AWS did not return are counted among the policies', () => {
  const boundary = 'arn:aws:iam::aws:policy/PowerUserAccess';
  const facts = collectedFacts({
    identities: identities({
      policies: [aPolicy('one', {}, { attachmentCount: 0 }), aPolicy('other', {}, { attachmentCount: 0 })],
      unseenPolicies: new Map([[boundary, unavailable('access to iam:GetPolicy was denied', 'iam:GetPolicy')]]),
    }),
  });
  expect(factCoverage({ facts }).find(({ name }) => name === 'identities')?.gaps).toEqual([
    { action: 'iam:GetPolicy', reason: 'access to iam:GetPolicy was denied', items: { hidden: 1, of: 3 } },
  ]);
});

test('a list that is shorter than AWS counts is a gap of its own, after what was denied', () => {
  const facts = collectedFacts({
    accountSummary: { users: 2 },
    identities: identities({ unseenPolicies: new Map([['arn:x', unavailable('denied', 'iam:GetPolicy')]]) }),
  });
  expect(factCoverage({ facts }).filter(({ gaps }) => gaps.length > 0)).toEqual([
    {
      name: 'identities',
      gaps: [
        { action: 'iam:GetPolicy', reason: 'denied', items: { hidden: 1, of: 1 } },
        { action: 'iam:GetAccountAuthorizationDetails', reason: 'AWS counts 2 users, and 0 are listed', isPartial: true },
      ],
    },
  ]);
});

describe('what is missing of an answer', () => {
  const elements = (count: number) => Array.from({ length: count }, (_, index) => `row ${index + 1}`);
  const ten = 'row 1; row 2; row 3; row 4; row 5; row 6; row 7; row 8; row 9; row 10';

  test.each([
    [1, 'row 1'],
    [10, ten],
    [11, `${ten}; 1 more`],
    [25, `${ten}; 15 more`],
  ])('of %p elements at most ten are named', (count, reason) => {
    expect(partialGap(['iam:GenerateCredentialReport', 'iam:GetCredentialReport'], elements(count))).toEqual({
      action: 'iam:GenerateCredentialReport',
      reason,
      isPartial: true,
    });
  });
});

describe('items of a fact', () => {
  const denied = unavailable('denied', 'iam:GetPolicy');
  const answers: [string, Observed<unknown>][] = [
    ['ann', collected(1)],
    ['bob', denied],
  ];

  test.each<[name: string, value: unknown, items: readonly Observed<unknown>[]]>([
    ['an answer for each', new Map(answers), [collected(1), denied]],
    ['numbers', new Map([['deploy', 3600]]), []],
    ['texts', new Map([['deploy', 'status']]), []],
    ['nothing', new Map([['deploy', undefined]]), []],
    ['null', new Map([['deploy', null]]), []],
    ['objects that are no answers', new Map([['okta', { metadata: '<xml/>' }]]), []],
    ['answers and other values', new Map<string, unknown>([...answers, ['deploy', 3600]]), []],
  ])('a map of %s', (_name, value, items) => {
    expect(itemsOf(value)).toEqual(items);
    expect(isByItem(value)).toBe(items.length > 0);
  });

  test.each<[name: string, value: unknown, items: readonly Observed<unknown>[]]>([
    ['no value', undefined, []],
    ['null', null, []],
    ['a text', 'unseenPolicies', []],
    ['a list of answers', [collected(1)], []],
    ['a record without policies', { rootHasMfa: true }, []],
    ['policies that were all seen', { policies: ['one'] }, []],
    [
      'policies of which one was not seen',
      { policies: ['one'], unseenPolicies: new Map([['x', denied]]) },
      [collected('one'), denied],
    ],
    ['unseen policies alone', { unseenPolicies: new Map([['x', denied]]) }, [denied]],
  ])('of %s', (_name, value, items) => {
    expect(itemsOf(value)).toEqual(items);
    expect(isByItem(value)).toBe(false);
  });
});

test('active accounts are scanned or not', () => {
  const listed = [
    { id: ACCOUNT, name: 'One', active: true },
    { id: '222233334444', active: true },
    { id: '333344445555', active: false },
  ];
  expect(accountCoverage(new Set([ACCOUNT]), listed)).toStrictEqual([
    { id: ACCOUNT, name: 'One', isScanned: true },
    { id: '222233334444', isScanned: false },
  ]);
  expect(accountCoverage(new Set([ACCOUNT]), undefined)).toStrictEqual([]);
});

test('an account that could not be scanned has the reason, and others have none', () => {
  const listed = [
    { id: ACCOUNT, active: true },
    { id: '222233334444', active: true },
  ];
  expect(accountCoverage(new Set(), listed, new Map([['222233334444', 'the role cannot be assumed']]))).toStrictEqual([
    { id: ACCOUNT, isScanned: false },
    { id: '222233334444', isScanned: false, reason: 'the role cannot be assumed' },
  ]);
});
