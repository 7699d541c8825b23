import check from '../../lambda/scanner/checks/signing-certificate-active.ts';
import { unavailable } from '../../lambda/scanner/model/observed.ts';
import { aReport, aRow, aUser, identities, seen } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

const user = (activeCertificates: number) => ({
  identities: identities({ users: [aUser('old')] }),
  credentialReport: aReport(aRow('old', { activeCertificates })),
});
const certificates = (...active: readonly boolean[]) => ({
  signingCertificates: seen({ old: active.map((isActive, index) => ({ id: `CERT${index + 1}`, active: isActive })) }),
});

describeCheck(check, {
  passes: {
    'no certificate': user(0),
    'an inactive certificate': { ...user(0), ...certificates(false) },
    'a certificate deactivated since the report': { ...user(1), ...certificates(false) },
  },
  fails: {
    'an active certificate': {
      given: { ...user(1), ...certificates(true, false) },
      says: 'IAM user old has 1 active signing certificate\nActive signing certificates: CERT1.',
      on: 'old',
      severity: 'MEDIUM',
    },
    'two active certificates': {
      given: { ...user(2), ...certificates(true, true) },
      says: '2 active signing certificates\nActive signing certificates: CERT1 and CERT2.',
    },
    'according to the report alone': {
      given: user(2),
      says: /^IAM user old has 2 active signing certificates\nAn X\.509 signing certificate /,
    },
    'a user newer than the report': { given: { ...user(0), credentialReport: aReport(), ...certificates(true) }, says: 'CERT1' },
  },
  ignores: { 'a user deleted since the report': { credentialReport: user(1).credentialReport } },
  unknowns: {
    'certificates that AWS refused to list': {
      given: { ...user(1), signingCertificates: new Map([['old', unavailable('access denied')]]) },
      says: 'access denied',
      on: 'old',
    },
    'a user newer than the report, whose certificates were not listed': {
      given: { ...user(0), credentialReport: aReport() },
      says: 'newer than the credential report',
    },
  },
});
