import check from '../../lambda/scanner/checks/two-active-access-keys.ts';
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
const first = aKey('ci', 'AKIA1', { createdAt: daysAgo(400) });
const second = (days: number, active = true) => aKey('ci', 'AKIA2', { createdAt: daysAgo(days), active });
const keys = (...all: readonly ReturnType<typeof aKey>[]) => ({ ...ci, accessKeys: seen({ ci: all }) });

describeCheck(check, {
  passes: {
    'a user without keys': ci,
    'one key': keys(first),
    'one active key and one inactive': keys(first, second(5, false)),
    'one key each on two users': {
      ...keys(first),
      identities: identities({ users: [aUser('ci'), aUser('cd')] }),
      accessKeys: seen({ ci: [first], cd: [aKey('cd', 'AKIA3')] }),
    },
  },
  fails: {
    'a second key of 30 days': {
      given: keys(first, second(30)),
      says: 'IAM user ci has two active access keys\nActive keys: AKIA1 (created on 2025-10-16) and AKIA2 (created on 2026-10-21).',
      on: 'ci',
      severity: 'LOW',
    },
    'a second key of 29 days': { given: keys(first, second(29)), says: 'two active', severity: 'HIGH' },
    'the newer key is listed first': { given: keys(second(2), first), says: 'two active', severity: 'HIGH' },
    'a threshold from the configuration': {
      given: keys(first, second(29)),
      params: { youngDays: 20 },
      says: 'two active',
      severity: 'LOW',
    },
    'two old keys of an administrator': {
      given: { ...keys(first, second(200)), access: adminAccess(aUser('ci').arn) },
      says: 'two active',
      severity: 'MEDIUM',
    },
    'two keys of the only user, according to the report alone': {
      given: { ...ci, credentialReport: aReport(rootRow(), aRow('ci', { keys: [aReportedKey(), aReportedKey()] })) },
      says: 'IAM user ci has two active access keys\nActive keys: key 1 and key 2.',
      severity: 'LOW',
    },
  },
  unknowns: {
    'keys that AWS refused to list': {
      given: { ...ci, accessKeys: new Map([['ci', unavailable('access denied')]]) },
      says: 'access denied',
      on: 'ci',
    },
    'a user newer than the report': { given: { ...ci, credentialReport: aReport() }, says: 'newer than the credential report' },
  },
});
