import { accountCoverage, factCoverage } from '../../lambda/scanner/evaluate/coverage.ts';
import { parseSnapshot } from '../../lambda/scanner/facts/snapshot.ts';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import { collected, unavailable } from '../../lambda/scanner/model/observed.ts';
import { smallAccount } from '../support/aws/small-account.ts';
import { ACCOUNT } from '../support/builders.ts';

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

test('active accounts are scanned or not', () => {
  const listed = [
    { id: ACCOUNT, name: 'One', active: true },
    { id: '222233334444', active: true },
    { id: '333344445555', active: false },
  ];
  expect(accountCoverage(new Set([ACCOUNT]), listed)).toEqual([
    { id: ACCOUNT, name: 'One', isScanned: true },
    { id: '222233334444', isScanned: false },
  ]);
  expect(accountCoverage(new Set([ACCOUNT]), undefined)).toEqual([]);
});
