import { rootSubject } from '../model/account-subject.ts';
import { defineCheck, fail, pass, unknown } from '../check.ts';
import { assumeRootToDeleteCredentials } from '../check-support/remediation/root-task.ts';

export default defineCheck({
  id: 'root-signing-certificate',
  title: 'Root user should not have a signing certificate',
  severity: 'HIGH',
  rationale:
    'An X.509 signing certificate is a long-lived credential like an access key. It works without MFA and has full access to the account. Only retired SOAP APIs needed it.',
  standards: { 'ISO 27001:2022': 'A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: ['accountSummary'],
  select: (_facts, context) => [rootSubject(context)],
  judge: (_root, { accountSummary: { rootHasSigningCertificate } }, { accountId }) => {
    if (rootHasSigningCertificate === undefined) return unknown('the account summary lacks AccountSigningCertificatesPresent');
    return rootHasSigningCertificate ? fail(`Root user of account ${accountId} has an X.509 signing certificate`) : pass;
  },
  remediation: (_root, context) =>
    `Sign in as root and delete the certificate under "Security credentials". In a member account with centralized root access, open a root session from the management account instead, and delete the certificate in it: ${assumeRootToDeleteCredentials(context)}`,
});
