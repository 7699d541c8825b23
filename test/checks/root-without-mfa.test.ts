import check from '../../lambda/scanner/checks/root-without-mfa.ts';
import type { AccountSummary } from '../../lambda/scanner/model/facts/account.ts';
import { ACCOUNT, aReport, emptyAccount, partitions, rootRow } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

const summary = (some: Partial<AccountSummary>) => ({ accountSummary: { ...emptyAccount.accountSummary, ...some } });
const silent: AccountSummary = { rootHasAccessKey: false, rootHasMfa: false, rootHasSigningCertificate: false };
const says = `Root of account ${ACCOUNT} has credentials and no MFA device.`;

describe.each(partitions)('in partition %s', (partition) => {
  describeCheck(check, {
    partition,
    passes: {
      'a password and MFA': summary({ rootHasPassword: true, rootHasMfa: true }),
      'MFA that the report of hours ago does not know': {
        ...summary({ rootHasPassword: true, rootHasMfa: true }),
        credentialReport: aReport(rootRow({ passwordEnabled: true, mfaActive: false })),
      },
    },
    fails: {
      'a password': { given: summary({ rootHasPassword: true }), says, on: 'root', severity: 'CRITICAL' },
      'an access key alone': { given: summary({ rootHasAccessKey: true }), says },
      'a signing certificate alone': { given: summary({ rootHasSigningCertificate: true }), says },
      'a password that only the report tells of': {
        given: { accountSummary: silent, credentialReport: aReport(rootRow({ passwordEnabled: true })) },
        says,
      },
      'whether there is a password, AWS does not tell': {
        given: { accountSummary: silent, credentialReport: aReport(rootRow({ passwordEnabled: 'unsupported' })) },
        says,
      },
      'the report has no row for root, and the summary is silent': {
        given: { accountSummary: silent, credentialReport: aReport() },
        says,
      },
    },
    ignores: {
      'root without any credentials': {},
      'a password removed since the report': { credentialReport: aReport(rootRow({ passwordEnabled: true })) },
      'no password by the report, where the summary is silent': {
        accountSummary: silent,
        credentialReport: aReport(rootRow({ passwordEnabled: false })),
      },
    },
  });
});
