import check from '../../lambda/scanner/checks/access-key-planted.ts';
import type { CredentialReportRow } from '../../lambda/scanner/facts/credential-report.ts';
import type { User } from '../../lambda/scanner/facts/identity.ts';
import { unavailable } from '../../lambda/scanner/model/observed.ts';
import { aKey, aReport, aReportedKey, aRow, aUser, daysAgo, identities, seen } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

const user = (row: Partial<CredentialReportRow> = {}, ci: Partial<User> = {}) => ({
  identities: identities({ users: [aUser('ci', ci)] }),
  credentialReport: aReport(aRow('ci', row)),
});
const young = (days: number, key = {}) => aKey('ci', 'AKIA2', { createdAt: daysAgo(days), ...key });
const old = (key = {}) => aKey('ci', 'AKIA1', { createdAt: daysAgo(400), ...key });
const keys = (...all: readonly ReturnType<typeof aKey>[]) => ({ accessKeys: seen({ ci: all }) });
const onlyReport = (lastRotated: number, other = {}) =>
  user({ keys: [aReportedKey({ lastRotated }), aReportedKey({ lastRotated: daysAgo(400), ...other })] });
const { createdAt: _, ...undated } = aUser('ci');

describeCheck(check, {
  passes: {
    'an old key': { ...user(), ...keys(old()) },
    'a second key of 30 days': { ...user(), ...keys(old(), young(30)) },
    'the first key of a program, created long after its user': { ...user(), ...keys(young(5)) },
    'a first key created with the user': { ...user({ passwordEnabled: true }, { createdAt: daysAgo(5) }), ...keys(young(5)) },
    'a key created 30 days after its user': { ...user({}, { createdAt: daysAgo(35) }), ...keys(old(), young(5)) },
    'a finished rotation: the old key is inactive': {
      ...user({ passwordEnabled: true }),
      ...keys(old({ active: false }), young(5)),
    },
    'a finished rotation, according to the report alone': onlyReport(daysAgo(5), { active: false }),
    'an old date in the report': onlyReport(daysAgo(90)),
    'a date in the report close to the creation of the user': {
      ...onlyReport(daysAgo(5)),
      identities: identities({ users: [aUser('ci', { createdAt: daysAgo(20) })] }),
    },
  },
  fails: {
    'a new second key on an old user: what attackers do': {
      given: { ...user(), ...keys(old(), young(5)) },
      says: 'Access key AKIA2 of IAM user ci was created 1090 days after the user\nThe key was created on 2026-11-15, and the user on 2023-11-21. The user has another active key, AKIA1.',
      on: 'AKIA2',
      severity: 'HIGH',
    },
    'a key of 29 days': { given: { ...user(), ...keys(old(), young(29)) }, says: 'AKIA2' },
    'a key created 31 days after its user': {
      given: { ...user({}, { createdAt: daysAgo(36) }), ...keys(aKey('ci', 'AKIA1', { createdAt: daysAgo(36) }), young(5)) },
      says: '31 days after the user',
      on: 'AKIA2',
    },
    'a first key on a user that signs in with a password': {
      given: { ...user({ passwordEnabled: true }), ...keys(young(5)) },
      says: 'The user signs in with a password and has no other key.',
      on: 'AKIA2',
    },
    'thresholds from the configuration': {
      given: { ...user({}, { createdAt: daysAgo(55) }), ...keys(aKey('ci', 'AKIA1', { createdAt: daysAgo(55) }), young(40)) },
      params: { youngDays: 50, userOlderByDays: 10 },
      says: '15 days after the user',
    },
  },
  ignores: { 'a new key that is inactive': { ...user(), ...keys(young(5, { active: false })) } },
  unknowns: {
    'a recent date in the report can be that of a change of status': {
      given: onlyReport(daysAgo(5)),
      says: 'when the key was created',
    },
    'a date that the report does not have': {
      given: user({ keys: [aReportedKey({ lastRotated: 'never' }), aReportedKey({ lastRotated: daysAgo(400) })] }),
      says: 'when the key was created',
      on: 'key 1',
    },
    'AWS does not show the age of the user': {
      given: { ...user(), identities: identities({ users: [undated] }), ...keys(old(), young(5)) },
      says: 'when the user was created',
    },
    'the report does not show whether there is a password': {
      given: { ...user({ passwordEnabled: 'unsupported' }), ...keys(young(5)) },
      says: 'whether the user has a password',
    },
    'keys that AWS refused to list': {
      given: { ...user(), accessKeys: new Map([['ci', unavailable('access denied')]]) },
      says: 'access denied',
      on: 'ci',
    },
  },
});
