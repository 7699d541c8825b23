import check from '../../lambda/scanner/checks/root-credentials-remaining.ts';
import type { AccountSummary } from '../../lambda/scanner/model/facts/account.ts';
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
    'a member whose root has nothing left': member,
    'the report of hours ago still knows a password': {
      ...member,
      credentialReport: aReport(rootRow({ passwordEnabled: true })),
    },
  },
  fails: {
    'a password': {
      given: { ...member, ...summary({ rootHasPassword: true }) },
      says: `Root of account ${ACCOUNT} still has a password, though root access is managed centrally.`,
      on: 'root',
      severity: 'HIGH',
    },
    'everything at once': {
      given: { ...member, ...summary({ rootHasPassword: true, rootHasAccessKey: true, rootHasSigningCertificate: true }) },
      says: 'a password, an access key and a signing certificate',
    },
    'a key, where it is not known whether there is a password': {
      given: { ...untold, accountSummary: { ...silent, rootHasAccessKey: true } },
      says: 'still has an access key, though',
    },
  },
  ignores: {
    'the management account, whose root stays': {
      ...member,
      ...summary({ rootHasPassword: true }),
      organization: { id: 'o-1', managementAccountId: ACCOUNT },
    },
    'no central management': { ...member, ...summary({ rootHasPassword: true }), rootFeatures: ['RootSessions'] },
    'an account that may not ask': { ...member, ...summary({ rootHasPassword: true }), rootFeatures: undefined },
    'an account in no Organization': { ...member, ...summary({ rootHasPassword: true }), organization: undefined },
  },
  unknowns: {
    'AWS does not tell of a password': { given: { ...untold, accountSummary: silent }, says: 'whether root has a password' },
  },
});

describe('told by the account that manages the Organization', () => {
  describeCheck(check, {
    own: { ids: new Set([ACCOUNT]), complete: true, rootFeatures: ['RootCredentialsManagement'] },
    passes: { 'a member whose root has nothing left': { ...member, rootFeatures: undefined } },
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
