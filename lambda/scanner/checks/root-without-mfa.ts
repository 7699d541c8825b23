import { defineCheck, fail, pass, unknown } from '../check.ts';
import { rootFacts, rootWithCredentials } from '../check-support/credentials/root.ts';

export default defineCheck({
  id: 'root-without-mfa',
  title: 'MFA should be enabled for the root user',
  severity: 'CRITICAL',
  rationale:
    'Without MFA, the root password alone gives full control of the account. Anyone who can read the root email can reset that password. A root user without credentials is out of scope: no one can sign in as it.',
  standards: {
    'NIST 800-53 r5': 'AC-2(1), AC-3(15), IA-2(1), IA-2(2), IA-2(6), IA-2(8)',
    'PCI DSS 4.0': '8.4.2',
    'ISO 27001:2022': 'A.8.2, A.8.5',
    NIS2: 'Art. 21(2)(j)',
  },
  needs: rootFacts,
  select: rootWithCredentials,
  judge: (_root, { accountSummary: { rootHasMfa } }, { accountId }) => {
    if (rootHasMfa === undefined) return unknown('the account summary lacks AccountMFAEnabled');
    return rootHasMfa ? pass : fail(`Root user of account ${accountId} has credentials and no MFA device`);
  },
  remediation:
    'Sign in as root and open "Security credentials". Assign two FIDO2 security keys, and keep them in different places. In a member account of an organization, enable centralized root access and delete the root credentials instead.',
});
