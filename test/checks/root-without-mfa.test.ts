import check from '../../lambda/scanner/checks/root-without-mfa.ts';
import type { AccountSummary } from '../../lambda/scanner/facts/account-summary.ts';
import { ACCOUNT, aReport, emptyAccount, partitions, rootRow } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

const summary = (some: Partial<AccountSummary>) => ({ accountSummary: { ...emptyAccount.accountSummary, ...some } });
const silent: AccountSummary = { rootHasAccessKey: false, rootHasMfa: false, rootHasSigningCertificate: false };
const says = `Root user of account ${ACCOUNT} has credentials and no MFA device\nWithout MFA, `;

describe.each(partitions)('in partition %s', (partition) => {
  describeCheck(check, {
    partition,
    passes: {
      'a password and MFA': summary({ rootHasPassword: true, rootHasMfa: true }),
      'MFA that the older report does not list': {
        ...summary({ rootHasPassword: true, rootHasMfa: true }),
        credentialReport: aReport(rootRow({ passwordEnabled: true, mfaActive: false })),
      },
    },
    fails: {
      'a password': { given: summary({ rootHasPassword: true }), says, on: 'root', severity: 'CRITICAL' },
      'an access key alone': { given: summary({ rootHasAccessKey: true }), says },
      'a signing certificate alone': { given: summary({ rootHasSigningCertificate: true }), says },
      'a password that only the report lists': {
        given: { accountSummary: silent, credentialReport: aReport(rootRow({ passwordEnabled: true })) },
        says,
      },
      'AWS does not show whether there is a password': {
        given: { accountSummary: silent, credentialReport: aReport(rootRow({ passwordEnabled: 'unsupported' })) },
        says,
      },
      'neither the report nor the summary shows the root credentials': {
        given: { accountSummary: silent, credentialReport: aReport() },
        says,
      },
    },
    ignores: {
      'root without any credentials': {},
      'a password removed since the report': { credentialReport: aReport(rootRow({ passwordEnabled: true })) },
      'no password according to the report, and the summary does not show it': {
        accountSummary: silent,
        credentialReport: aReport(rootRow({ passwordEnabled: false })),
      },
    },
  });
});
