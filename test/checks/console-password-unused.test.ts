import check from '../../lambda/scanner/checks/console-password-unused.ts';
import type { CredentialReportRow } from '../../lambda/scanner/facts/credential-report.ts';
import { aReport, aRow, aUser, daysAgo, identities, rootRow } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

const ann = identities({ users: [aUser('ann')] });
const user = (row: Partial<CredentialReportRow>) => ({
  identities: ann,
  credentialReport: aReport(rootRow(), aRow('ann', { passwordEnabled: true, ...row })),
});
const { createdAt: _, ...undated } = aUser('ann');

describeCheck(check, {
  passes: {
    'used 45 days ago': user({ passwordLastUsed: daysAgo(45) }),
    'never used, and set 45 days ago on an old user': user({ passwordLastChanged: daysAgo(45) }),
    'never used, on a user created yesterday': {
      ...user({ passwordLastChanged: 'unsupported' }),
      identities: identities({ users: [aUser('ann', { createdAt: daysAgo(1) })] }),
    },
  },
  fails: {
    'used 46 days ago': {
      given: user({ passwordLastUsed: daysAgo(46) }),
      says: /^IAM user ann has a console password that was last used 46 days ago\nWhen the owner /,
      on: 'ann',
      severity: 'MEDIUM',
    },
    'never used, and set 46 days ago': {
      given: user({ passwordLastChanged: daysAgo(46) }),
      says: /^IAM user ann has a console password that was set 46 days ago and never used\nWhen the owner /,
    },
    'never used, and only the age of the user is known': {
      given: user({ passwordLastChanged: 'unsupported' }),
      says: '1095 days ago',
    },
    'used long ago, and changed since': {
      given: user({ passwordLastUsed: daysAgo(400), passwordLastChanged: daysAgo(2) }),
      says: 'last used 400 days ago',
    },
    'a threshold from the configuration': {
      given: user({ passwordLastUsed: daysAgo(31) }),
      params: { maxUnusedDays: 30 },
      says: '31 days',
    },
  },
  ignores: {
    'a user without a password': user({ passwordEnabled: false }),
    'root, which should be unused': {
      credentialReport: aReport(rootRow({ passwordEnabled: true, passwordLastUsed: daysAgo(999) })),
    },
    'a break-glass user': {
      ...user({ passwordLastUsed: daysAgo(400) }),
      identities: identities({ users: [aUser('ann', { tags: new Map([['break-glass', 'true']]) })] }),
    },
  },
  unknowns: {
    'a user newer than the report': { given: { identities: ann, credentialReport: aReport() }, says: 'newer than' },
    'the report does not show whether there is a password': {
      given: user({ passwordEnabled: 'unsupported' }),
      says: 'whether the user has a password',
    },
    'the report does not show its use': {
      given: user({ passwordLastUsed: 'unsupported' }),
      says: 'when the password was last used',
    },
    'never used, and no date is known': {
      given: { ...user({}), identities: identities({ users: [undated] }) },
      says: 'when the password was set',
    },
  },
});
