import check from '../../lambda/scanner/checks/access-key-inactive-kept.ts';
import { collected, unavailable } from '../../lambda/scanner/model/observed.ts';
import { aKey, aReport, aReportedKey, aRow, aUser, daysAgo, identities, seen } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

const ci = identities({ users: [aUser('ci')] });
const keyOf = (created: number, used: number | undefined, active = false) => ({
  identities: ci,
  credentialReport: aReport(aRow('ci')),
  accessKeys: seen({ ci: [aKey('ci', 'AKIA1', { createdAt: daysAgo(created), active })] }),
  accessKeyLastUsed: new Map([['AKIA1', collected(used === undefined ? undefined : daysAgo(used))]]),
});
const reported = (rotated: number, used: number) => ({
  identities: ci,
  credentialReport: aReport(
    aRow('ci', {
      keys: [
        aReportedKey({ active: false, lastRotated: daysAgo(rotated), lastUsed: daysAgo(used) }),
        aReportedKey({ active: false, lastRotated: 'never' }),
      ],
    }),
  ),
});

describeCheck(check, {
  passes: {
    'an inactive key that was used 90 days ago': keyOf(400, 90),
    'an inactive key that is new': keyOf(20, undefined),
    'an inactive key whose status changed lately, as the report shows': reported(20, 300),
  },
  fails: {
    'an inactive key that was used 91 days ago': {
      given: keyOf(400, 91),
      says: 'Access key AKIA1 of IAM user ci is inactive and was last used 91 days ago\nAn inactive key',
      on: 'AKIA1',
      severity: 'LOW',
    },
    'an inactive key that was never used': {
      given: keyOf(400, undefined),
      says: 'Access key AKIA1 of IAM user ci is inactive and was never used\n',
    },
    'only the report is available': { given: reported(200, 300), says: 'last used 300 days ago', on: 'key 1' },
    'a threshold from the configuration': { given: keyOf(400, 31), params: { maxInactiveDays: 30 }, says: '31 days ago' },
  },
  ignores: {
    'an active key': keyOf(400, 400, true),
    'a user without keys': { identities: ci, credentialReport: aReport(aRow('ci')) },
  },
  unknowns: {
    'keys that could not be listed': {
      given: { ...keyOf(400, 400), accessKeys: new Map([['ci', unavailable('access was denied')]]) },
      says: 'access was denied',
    },
    'a key whose use AWS did not show': {
      given: { ...keyOf(400, 400), accessKeyLastUsed: new Map([['AKIA1', unavailable('access was denied')]]) },
      says: 'AWS did not show when the key was last used',
    },
  },
});
