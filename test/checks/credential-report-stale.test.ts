import check from '../../lambda/scanner/checks/credential-report-stale.ts';
import { DAY } from '../../lambda/scanner/model/instant.ts';
import { ACCOUNT, NOW, aReport, aRow, aUser, identities, rootRow } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

const HOUR = DAY / 24;
const report = (hours: number, ...names: readonly string[]) => ({
  ...aReport(rootRow(), ...names.map((name) => aRow(name))),
  generatedAt: NOW - hours * HOUR,
});
const { generatedAt: _, ...undated } = report(1);
const { createdAt: _created, ...ageless } = aUser('ann');
const users = (...names: readonly string[]) => identities({ users: names.map((name) => aUser(name)) });
const says = (text: string) => `The credential report of account ${ACCOUNT} ${text}.`;

describeCheck(check, {
  passes: {
    'a report of 24 hours': { credentialReport: report(24) },
    'the same users': { identities: users('ann', 'bob'), credentialReport: report(4, 'ann', 'bob') },
    'a user made as the report was': {
      identities: identities({ users: [aUser('ann', { createdAt: NOW - 2 * HOUR })] }),
      credentialReport: report(2),
    },
    'a user of whom AWS does not tell when it was made': {
      identities: identities({ users: [ageless] }),
      credentialReport: report(2),
    },
    'a user made after the report': {
      identities: identities({ users: [aUser('ann', { createdAt: NOW - HOUR })] }),
      credentialReport: report(2),
    },
  },
  fails: {
    'a report of 25 hours': {
      given: { credentialReport: report(25) },
      says: says('is 25 hours old'),
      on: ACCOUNT,
      severity: 'LOW',
    },
    'an age of the configuration': {
      given: { credentialReport: report(5) },
      params: { maxAgeHours: 4 },
      says: says('is 5 hours old'),
    },
    'a user made before the report is not in it': {
      given: { identities: users('ann', 'bob'), credentialReport: report(4, 'ann') },
      says: says('lacks 1 user (bob)'),
    },
    'a user in the report is gone': {
      given: { identities: users('ann'), credentialReport: report(4, 'ann', 'x,y') },
      says: says('still has 1 user (x,y) that the account no longer has'),
    },
    'at most five are named': {
      given: { credentialReport: report(4, 'a', 'b', 'c', 'd', 'e', 'f', 'g') },
      says: says('still has 7 users (a, b, c, d, e and 2 more) that the account no longer has'),
    },
    'five are named in full': {
      given: { credentialReport: report(4, 'a', 'b', 'c', 'd', 'e') },
      says: '5 users (a, b, c, d and e)',
    },
    'all at once': {
      given: { identities: users('ann'), credentialReport: report(30, 'bob') },
      says: says('is 30 hours old, lacks 1 user (ann) and still has 1 user (bob) that the account no longer has'),
    },
    'a user that is gone, in a report without a date': {
      given: { credentialReport: { ...undated, rows: new Map([['bob', aRow('bob')]]) } },
      says: says('still has 1 user (bob) that the account no longer has'),
    },
  },
  unknowns: {
    'a report without a date': { given: { identities: users('ann'), credentialReport: undated }, says: 'when it was made' },
  },
});
