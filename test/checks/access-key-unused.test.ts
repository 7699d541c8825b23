import check from '../../lambda/scanner/checks/access-key-unused.ts';
import { unavailable } from '../../lambda/scanner/model/observed.ts';
import {
  aKey,
  aReport,
  aReportedKey,
  aRow,
  aUser,
  adminAccess,
  daysAgo,
  identities,
  rootRow,
  seen,
} from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

const ci = { identities: identities({ users: [aUser('ci')] }), credentialReport: aReport(aRow('ci')) };
const key = { ...ci, accessKeys: seen({ ci: [aKey('ci', 'AKIA1', { createdAt: daysAgo(400) })] }) };
const used = (days: number) => ({ ...key, accessKeyLastUsed: seen({ AKIA1: daysAgo(days) }) });
const inReport = (lastUsed: number | 'never' | 'unsupported') => ({
  ...ci,
  credentialReport: aReport(
    aRow('ci', { keys: [aReportedKey({ lastUsed }), aReportedKey({ active: false, lastRotated: 'never' })] }),
  ),
});

describeCheck(check, {
  passes: { 'used 45 days ago': used(45), 'used 45 days ago according to the report': inReport(daysAgo(45)) },
  fails: {
    'used 46 days ago': {
      given: used(46),
      says: /^Access key AKIA1 of IAM user ci was last used 46 days ago\nTheft of an unused access key /,
      on: 'AKIA1',
      severity: 'MEDIUM',
    },
    'used 46 days ago according to the report': {
      given: inReport(daysAgo(46)),
      says: 'Access key 1 of IAM user ci was',
      on: 'key 1',
    },
    'a threshold from the configuration': { given: used(31), params: { maxUnusedDays: 30 }, says: '31 days' },
    'the key of an admin': { given: { ...used(46), access: adminAccess(aUser('ci').arn) }, says: '46 days', severity: 'HIGH' },
    'the only user of the account': { given: { ...used(46), credentialReport: aReport(rootRow(), aRow('ci')) }, says: '46 days' },
  },
  ignores: {
    'a key that was never used, which another check covers': { ...key, accessKeyLastUsed: seen({ AKIA1: undefined }) },
    'a key that was never used, according to the report': inReport('never'),
    'an inactive key': { ...used(400), accessKeys: seen({ ci: [aKey('ci', 'AKIA1', { active: false })] }) },
    'the key of a break-glass user': {
      ...used(400),
      identities: identities({ users: [aUser('ci', { tags: new Map([['break-glass', 'true']]) })] }),
    },
    'a key of root': { credentialReport: aReport(rootRow({ keys: [aReportedKey({ lastUsed: daysAgo(400) }), aReportedKey()] })) },
  },
  unknowns: {
    'AWS refused to show the last use': {
      given: { ...key, accessKeyLastUsed: new Map([['AKIA1', unavailable('access denied')]]) },
      says: 'when the key was last used',
      on: 'AKIA1',
    },
    'the last use was not requested, and the report has no such key': { given: key, says: 'when the key was last used' },
    'a partition whose report does not show it': { given: inReport('unsupported'), says: 'when the key was last used' },
    'a user newer than the report': { given: { ...ci, credentialReport: aReport() }, says: 'newer than', on: 'ci' },
  },
});
