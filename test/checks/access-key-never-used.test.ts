import check from '../../lambda/scanner/checks/access-key-never-used.ts';
import { unavailable } from '../../lambda/scanner/model/observed.ts';
import { aKey, aReport, aReportedKey, aRow, aUser, adminAccess, daysAgo, identities, seen } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

const ci = { identities: identities({ users: [aUser('ci')] }), credentialReport: aReport(aRow('ci')) };
const keyOf = (days: number) => ({ ...ci, accessKeys: seen({ ci: [aKey('ci', 'AKIA1', { createdAt: daysAgo(days) })] }) });
const neverUsed = (days: number) => ({ ...keyOf(days), accessKeyLastUsed: seen({ AKIA1: undefined }) });
const inReport = (days: number, key = {}) => ({
  ...ci,
  credentialReport: aReport(
    aRow('ci', {
      keys: [
        aReportedKey({ lastRotated: daysAgo(days), lastUsed: 'never', ...key }),
        aReportedKey({ active: false, lastRotated: 'never' }),
      ],
    }),
  ),
});

describeCheck(check, {
  passes: { 'made a minute ago': neverUsed(1 / 1440), 'made 7 days ago': neverUsed(7) },
  fails: {
    'made 8 days ago': {
      given: neverUsed(8),
      says: /^Access key AKIA1 of IAM user ci is 8 days old and was never used\nAn access key that was never used /,
      on: 'AKIA1',
      severity: 'MEDIUM',
    },
    'made 60 days ago, on a user without a password': { given: neverUsed(60), says: '60 days' },
    'old enough according to the report alone': { given: inReport(60), says: '60 days', on: 'key 1' },
    'a grace period from the configuration': { given: neverUsed(2), params: { graceDays: 1 }, says: '2 days' },
    'the key of an admin': { given: { ...neverUsed(8), access: adminAccess(aUser('ci').arn) }, says: '8 days', severity: 'HIGH' },
  },
  ignores: {
    'a key that was used': { ...keyOf(60), accessKeyLastUsed: seen({ AKIA1: daysAgo(50) }) },
    'an inactive key': { ...neverUsed(60), accessKeys: seen({ ci: [aKey('ci', 'AKIA1', { active: false })] }) },
    'the key of a break-glass user': {
      ...neverUsed(60),
      identities: identities({ users: [aUser('ci', { tags: new Map([['break-glass', 'true']]) })] }),
    },
  },
  unknowns: {
    'a recent date in the report can be that of a change of status': { given: inReport(3), says: 'does not show when' },
    'AWS refused to show the last use': {
      given: { ...keyOf(60), accessKeyLastUsed: new Map([['AKIA1', unavailable('access denied')]]) },
      says: 'whether the key was ever used',
    },
    'a partition whose report does not show it': {
      given: inReport(60, { lastUsed: 'unsupported' }),
      says: 'whether the key was ever used',
    },
    'the report shows no date at all': { given: inReport(60, { lastRotated: 'never' }), says: 'when the key was created' },
    'a user newer than the report': { given: { ...ci, credentialReport: aReport() }, says: 'newer than', on: 'ci' },
  },
});
