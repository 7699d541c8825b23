import check from '../../lambda/scanner/checks/admin-access-key-unguarded.ts';
import { unavailable } from '../../lambda/scanner/model/snapshot-file.ts';
import type { Verdict } from '../../lambda/scanner/model/verdict.ts';
import { aKey, aReport, aRow, aUser, identities, seen } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { aVerdict, accessOf } from '../support/verdicts.ts';

const ci = aUser('ci');
const given = (verdict: Verdict, key = {}) => ({
  identities: identities({ users: [ci] }),
  credentialReport: aReport(aRow('ci')),
  accessKeys: seen({ ci: [aKey('ci', 'AKIA1', key)] }),
  access: accessOf(aVerdict(ci.arn, verdict)),
});

const reaching = (...accounts: readonly string[]) =>
  new Map([[ci.arn, { arn: ci.arn, keys: ['AKIA1'], accounts, ifConditions: [], paths: () => [] }]]);

describeCheck(check, {
  passes: {
    'the key of someone who is nowhere near admin': given('none'),
    'the key of an admin whom a condition guards: the verdict is then conditional': given('conditional'),
  },
  fails: {
    'the key of an admin': {
      given: given('admin'),
      says: 'Whoever holds access key AKIA1 of user ci is admin of account 111122223333; no MFA',
      on: 'AKIA1',
      severity: 'CRITICAL',
    },
    'the key of one who can become admin, with the steps': {
      given: given('can-become-admin'),
      says: 'can become admin of account 111122223333 (assume the role (role/ops))',
    },
    'the key of an admin, with the other accounts that it reaches': {
      given: { ...given('admin'), crossAccountReach: reaching('222233334444', '111122223333', '333344445555') },
      says: 'is admin of account 111122223333 and of 2 other accounts (222233334444 and 333344445555); no MFA',
    },
    'the key of one who is nobody here and admin elsewhere': {
      given: { ...given('none'), crossAccountReach: reaching('222233334444') },
      says: 'user ci is or becomes admin of 1 other account (222233334444); no MFA',
    },
    'the key of one who can make others admin': { given: given('can-grant-admin'), says: 'can make others admin' },
  },
  ignores: { 'an inactive key': given('admin', { active: false }) },
  unknowns: {
    'keys of an admin that AWS refused to list': {
      given: { ...given('admin'), accessKeys: new Map([['ci', unavailable('access denied', 'iam:ListAccessKeys')]]) },
      says: 'access denied',
    },
  },
});
