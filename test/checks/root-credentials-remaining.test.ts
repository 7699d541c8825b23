import check from '../../lambda/scanner/checks/root-credentials-remaining.ts';
import type { AccountSummary } from '../../lambda/scanner/facts/account-summary.ts';
import { ACCOUNT, aReport, emptyAccount, rootRow } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

const member = {
  rootFeatures: ['RootCredentialsManagement', 'RootSessions'],
  organization: { id: 'o-1', managementAccountId: '999988887777' },
};
const summary = (some: Partial<AccountSummary>) => ({ accountSummary: { ...emptyAccount.accountSummary, ...some } });
const silent: AccountSummary = { rootHasAccessKey: false, rootHasMfa: false, rootHasSigningCertificate: false };
const untold = { ...member, credentialReport: aReport(rootRow({ passwordEnabled: 'unsupported' })) };

describeCheck(check, {
  passes: {
    'a member account without root credentials': member,
    'the older report still lists a password': {
      ...member,
      credentialReport: aReport(rootRow({ passwordEnabled: true })),
    },
  },
  fails: {
    'a password': {
      given: { ...member, ...summary({ rootHasPassword: true }) },
      says: `Root user of account ${ACCOUNT} still has a password\nThe organization manages root access centrally`,
      on: 'root',
      severity: 'HIGH',
    },
    'all credentials': {
      given: { ...member, ...summary({ rootHasPassword: true, rootHasAccessKey: true, rootHasSigningCertificate: true }) },
      says: `Root user of account ${ACCOUNT} still has a password, an access key and a signing certificate\n`,
    },
    'a key, and it is not known whether there is a password': {
      given: { ...untold, accountSummary: { ...silent, rootHasAccessKey: true } },
      says: 'still has an access key\nThe organization',
    },
  },
  ignores: {
    'the management account, which keeps its root credentials': {
      ...member,
      ...summary({ rootHasPassword: true }),
      organization: { id: 'o-1', managementAccountId: ACCOUNT },
    },
    'no central management': { ...member, ...summary({ rootHasPassword: true }), rootFeatures: ['RootSessions'] },
    'an account that is not allowed to list the features': {
      ...member,
      ...summary({ rootHasPassword: true }),
      rootFeatures: undefined,
    },
    'an account outside any organization': { ...member, ...summary({ rootHasPassword: true }), organization: undefined },
  },
  unknowns: {
    'AWS does not show whether there is a password': {
      given: { ...untold, accountSummary: silent },
      says: 'whether the root user has a password',
    },
  },
});

describe('features as the management account lists them', () => {
  describeCheck(check, {
    own: { ids: new Set([ACCOUNT]), complete: true, rootFeatures: ['RootCredentialsManagement'] },
    passes: { 'a member account without root credentials': { ...member, rootFeatures: undefined } },
    fails: {
      'a password': {
        given: { ...member, rootFeatures: undefined, ...summary({ rootHasPassword: true }) },
        says: 'still has a password',
        on: 'root',
      },
    },
    ignores: { 'the management account itself': { organization: { id: 'o-1', managementAccountId: ACCOUNT } } },
  });
});
