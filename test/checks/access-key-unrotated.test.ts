import check from '../../lambda/scanner/checks/access-key-unrotated.ts';
import { unavailable } from '../../lambda/scanner/model/observed.ts';
import { aKey, aReport, aReportedKey, aRow, aUser, daysAgo, identities, seen } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

const ci = identities({ users: [aUser('ci')] });
const keyOf = (days: number, key = {}) => ({
  identities: ci,
  credentialReport: aReport(aRow('ci')),
  accessKeys: seen({ ci: [aKey('ci', 'AKIA1', { createdAt: daysAgo(days), ...key })] }),
});
const reported = (days: number, key = {}) => ({
  identities: ci,
  credentialReport: aReport(
    aRow('ci', {
      keys: [aReportedKey({ lastRotated: daysAgo(days), ...key }), aReportedKey({ active: false, lastRotated: 'never' })],
    }),
  ),
});

describeCheck(check, {
  passes: { 'a key of 90 days': keyOf(90) },
  fails: {
    'a key of 91 days': {
      given: keyOf(91),
      says: /^Access key AKIA1 of IAM user ci is 91 days old; the limit is 90 days\nThe longer /,
      on: 'AKIA1',
    },
    'a threshold from the configuration': {
      given: keyOf(31),
      params: { maxAgeDays: 30 },
      says: 'is 31 days old; the limit is 30 days',
    },
    'the live date counts, not that of a later change of status in the report': {
      given: { ...keyOf(400), credentialReport: reported(5).credentialReport },
      says: '400 days',
    },
    'only the report is available, and its date is old enough': { given: reported(200), says: '200 days', on: 'key 1' },
    'the key of an admin': {
      given: {
        ...keyOf(91),
        access: new Map([
          [
            aUser('ci').arn,
            { arn: aUser('ci').arn, type: 'user', verdict: 'admin', platform: false, conditions: [], blockedBy: [], path: [] },
          ],
        ]),
      },
      says: '91 days',
      severity: 'HIGH',
    },
  },
  ignores: {
    'an inactive key': keyOf(400, { active: false }),
    'an inactive key of the report': reported(400, { active: false }),
    'a user without keys': { identities: ci, credentialReport: aReport(aRow('ci')) },
    'a user deleted since the report': { credentialReport: reported(400).credentialReport },
  },
  unknowns: {
    'an active key without a date in the report': { given: reported(0, { lastRotated: 'never' }), says: 'does not show when' },
    'a recent date in the report can be that of a change of status': { given: reported(5), says: 'does not show when' },
    'keys that AWS refused to list are not guessed from the report': {
      given: { ...reported(200), accessKeys: new Map([['ci', unavailable('access denied', 'iam:ListAccessKeys')]]) },
      says: 'access denied',
      on: 'ci',
    },
    'a user newer than the report': { given: { identities: ci }, says: 'newer than the credential report' },
  },
});
