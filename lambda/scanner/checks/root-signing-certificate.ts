import { rootSubject } from '../model/account-subject.ts';
import { defineCheck, fail, pass } from '../model/check.ts';
import { assumeRootToDeleteCredentials } from './subjects/root-task.ts';

export default defineCheck({
  id: 'root-signing-certificate',
  title: 'Root has no signing certificate',
  severity: 'HIGH',
  rationale:
    'An X.509 signing certificate is a credential like an access key: long-lived, asked for no MFA, and with the power of root. Only retired SOAP interfaces ever needed it.',
  standards: { 'ISO 27001:2022': 'A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: ['accountSummary'],
  select: (_facts, context) => [rootSubject(context)],
  judge: (_root, { accountSummary }, { accountId }) =>
    accountSummary.rootHasSigningCertificate ? fail(`Root of account ${accountId} has an X.509 signing certificate.`) : pass,
  remediation: (_root, context) =>
    `Sign in as root and delete the certificate under "Security credentials"; or, in a member account of an Organization with central root access, delete it from the management account: ${assumeRootToDeleteCredentials(context)}`,
});
