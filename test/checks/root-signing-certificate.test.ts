import check from '../../lambda/scanner/checks/root-signing-certificate.ts';
import { ACCOUNT, aReport, emptyAccount, rootRow } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

describeCheck(check, {
  passes: {
    'root without a certificate': {},
    'a certificate that only the older report lists': { credentialReport: aReport(rootRow({ activeCertificates: 1 })) },
  },
  unknowns: {
    'a summary that does not say': {
      given: { accountSummary: { rootHasAccessKey: false, rootHasMfa: true } },
      says: 'lacks AccountSigningCertificatesPresent',
      on: 'root',
    },
  },
  fails: {
    'a certificate': {
      given: { accountSummary: { ...emptyAccount.accountSummary, rootHasSigningCertificate: true } },
      says: `Root user of account ${ACCOUNT} has an X.509 signing certificate\nAn X.509 signing certificate is `,
      on: 'root',
      severity: 'HIGH',
    },
  },
});
