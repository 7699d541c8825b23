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
const says = (headline: string, message: string) => `The credential report of account ${ACCOUNT} ${headline}\n${message}`;
const rationale = 'Checks of passwords, MFA and access keys read this report.';

describeCheck(check, {
  passes: {
    'a report of 24 hours': { credentialReport: report(24) },
    'the same users': { identities: users('ann', 'bob'), credentialReport: report(4, 'ann', 'bob') },
    'a user created at the time of the report': {
      identities: identities({ users: [aUser('ann', { createdAt: NOW - 2 * HOUR })] }),
      credentialReport: report(2),
    },
    'a user whose creation date AWS does not show': {
      identities: identities({ users: [ageless] }),
      credentialReport: report(2),
    },
    'a user created after the report': {
      identities: identities({ users: [aUser('ann', { createdAt: NOW - HOUR })] }),
      credentialReport: report(2),
    },
  },
  fails: {
    'a report of 25 hours': {
      given: { credentialReport: report(25) },
      says: says('is 25 hours old', rationale),
      on: ACCOUNT,
      severity: 'LOW',
    },
    'an age from the configuration': {
      given: { credentialReport: report(5) },
      params: { maxAgeHours: 4 },
      says: says('is 5 hours old', rationale),
    },
    'a user created before the report is not in it': {
      given: { identities: users('ann', 'bob'), credentialReport: report(4, 'ann') },
      says: says('is missing 1 user', 'Missing user: bob.'),
    },
    'a user in the report no longer exists': {
      given: { identities: users('ann'), credentialReport: report(4, 'ann', 'x,y') },
      says: says('lists 1 deleted user', 'Deleted user: x,y.'),
    },
    'at most five are named': {
      given: { credentialReport: report(4, 'a', 'b', 'c', 'd', 'e', 'f', 'g') },
      says: says('lists 7 deleted users', 'Deleted users: a, b, c, d, e and 2 more.'),
    },
    'five are named in full': {
      given: { credentialReport: report(4, 'a', 'b', 'c', 'd', 'e') },
      says: 'Deleted users: a, b, c, d and e.',
    },
    'all at once': {
      given: { identities: users('ann'), credentialReport: report(30, 'bob') },
      says: says('is 30 hours old, is missing 1 user and lists 1 deleted user', 'Missing user: ann. Deleted user: bob.'),
    },
    'a user that no longer exists, in a report without a date': {
      given: { credentialReport: { ...undated, rows: new Map([['bob', aRow('bob')]]) } },
      says: says('lists 1 deleted user', 'Deleted user: bob.'),
    },
  },
  unknowns: {
    'a report without a date': { given: { identities: users('ann'), credentialReport: undated }, says: 'when it was generated' },
  },
});
