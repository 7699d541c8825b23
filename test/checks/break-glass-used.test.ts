import check from '../../lambda/scanner/checks/break-glass-used.ts';
import type { User } from '../../lambda/scanner/facts/identity.ts';
import { aReport, aRole, aRow, aUser, daysAgo, identities } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { aVerdict, accessOf } from '../support/verdicts.ts';

const tags = new Map([['break-glass', 'true']]);
const sealed = aUser('sealed', { tags });
const given = (user: User, row: Parameters<typeof aRow>[1]) => ({
  identities: identities({ users: [user] }),
  access: accessOf(aVerdict(user.arn, 'admin')),
  credentialReport: aReport(aRow(user.name, row)),
});
const role = aRole('emergency', { tags });
const roleUsed = (at?: number) => ({
  identities: identities({ roles: [at === undefined ? role : { ...role, lastUsedAt: at }] }),
  access: accessOf(aVerdict(role.arn, 'admin')),
});

describeCheck(check, {
  passes: {
    'a user who was never used': given(sealed, {}),
    'a user who was last used a week ago': given(sealed, { passwordLastUsed: daysAgo(7) }),
    'a role that was not used': roleUsed(),
  },
  fails: {
    'a password that was used yesterday': {
      given: given(sealed, { passwordLastUsed: daysAgo(1) }),
      says: /^Break-glass IAM user sealed was used\nIts last use was at 2026-11-19T03:00:00Z\.$/,
      on: 'sealed',
      severity: 'HIGH',
    },
    'a role that was used': { given: roleUsed(daysAgo(2)), says: 'Break-glass IAM role emergency was used', on: 'emergency' },
    'a use that is longer ago, if the parameter says so': {
      given: given(sealed, { passwordLastUsed: daysAgo(20) }),
      says: 'was used',
      params: { openDays: 30 },
    },
  },
  ignores: { 'a user that the configuration does not mark': given(aUser('ann'), { passwordLastUsed: daysAgo(1) }) },
  unknowns: {
    'a user who is not in the report': {
      given: { ...given(sealed, {}), credentialReport: aReport() },
      says: 'the user is not in the credential report',
    },
  },
});
