import check from '../../lambda/scanner/checks/admin-access-key-unguarded.ts';
import { unavailable } from '../../lambda/scanner/model/observed.ts';
import type { Verdict } from '../../lambda/scanner/model/verdict.ts';
import { aKey, aReport, aRow, aUser, identities, seen } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { aReach, aVerdict, accessOf } from '../support/verdicts.ts';

const ci = aUser('ci');
const given = (verdict: Verdict, key = {}) => ({
  identities: identities({ users: [ci] }),
  credentialReport: aReport(aRow('ci')),
  accessKeys: seen({ ci: [aKey('ci', 'AKIA1', key)] }),
  access: accessOf(aVerdict(ci.arn, verdict)),
});

const behind = (key: string, controlledBy: 'environment' | 'time') => ({
  ...given('conditional'),
  access: accessOf(aVerdict(ci.arn, 'conditional', { would: 'admin', conditions: [{ key, controlledBy, text: key }] })),
});

const reaching = (...accounts: readonly string[]) => new Map([[ci.arn, aReach(ci.arn, accounts, { keys: ['AKIA1'] })]]);

describeCheck(check, {
  passes: {
    'the key of a user without administrator access': given('none'),
    'the key of an administrator with a condition: the verdict is then conditional': given('conditional'),
    'the key of an administrator from one address': behind('aws:sourceip', 'environment'),
  },
  fails: {
    'the key of an administrator at some times, for which a thief waits': {
      given: behind('aws:currenttime', 'time'),
      says: 'Access key AKIA1 of IAM user ci has administrator access at some times without MFA',
    },
    'the key of an administrator': {
      given: given('admin'),
      says: 'Access key AKIA1 of IAM user ci has administrator access without MFA\nNo policy condition restricts the key to MFA, a source IP or a VPC endpoint. In account 111122223333 the user has administrator access.',
      on: 'AKIA1',
      severity: 'CRITICAL',
    },
    'the key of a user who can escalate to administrator, with the path': {
      given: given('can-become-admin'),
      says: 'Access key AKIA1 of IAM user ci can escalate to administrator without MFA\nNo policy condition restricts the key to MFA, a source IP or a VPC endpoint. In account 111122223333 the user can escalate to administrator: sts:AssumeRole role/ops.',
    },
    'the key of an administrator, with the other accounts that it reaches': {
      given: { ...given('admin'), crossAccountReach: reaching('222233334444', '111122223333', '333344445555') },
      says: 'In account 111122223333 the user has administrator access. The user has, or can escalate to, administrator access to 2 other accounts: 222233334444 and 333344445555.',
    },
    'the key of a user who is administrator of another account only': {
      given: { ...given('none'), crossAccountReach: reaching('222233334444') },
      says: 'Access key AKIA1 of IAM user ci can administer 1 other account without MFA\nNo policy condition restricts the key to MFA, a source IP or a VPC endpoint. The user has, or can escalate to, administrator access to 1 other account: 222233334444.',
    },
    'the key of a user who can grant administrator access': {
      given: given('can-grant-admin'),
      says: 'Access key AKIA1 of IAM user ci can grant administrator access without MFA',
    },
  },
  ignores: { 'an inactive key': given('admin', { active: false }) },
  unknowns: {
    'keys of an administrator that AWS refused to list': {
      given: { ...given('admin'), accessKeys: new Map([['ci', unavailable('access denied', 'iam:ListAccessKeys')]]) },
      says: 'access denied',
    },
  },
});
