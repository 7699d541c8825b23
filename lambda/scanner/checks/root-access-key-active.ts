import { rootSubject } from '../model/account-subject.ts';
import { defineCheck, fail, pass, unknown } from '../check.ts';
import { assumeRootToDeleteCredentials } from '../check-support/remediation/root-task.ts';

export default defineCheck({
  id: 'root-access-key-active',
  title: 'Root user access key should not exist',
  severity: 'CRITICAL',
  rationale:
    'A root user access key has full access to the account and works without MFA. No IAM policy in the account can restrict it. No task needs one.',
  standards: {
    'NIST 800-53 r5': 'AC-2(1), AC-3(7), AC-3(15), AC-6, AC-6(2), AC-6(10)',
    'ISO 27001:2022': 'A.8.2',
    NIS2: 'Art. 21(2)(i)',
  },
  needs: ['accountSummary'],
  select: (_facts, context) => [rootSubject(context)],
  judge: (_root, { accountSummary: { rootHasAccessKey } }, { accountId }) => {
    if (rootHasAccessKey === undefined) return unknown('the account summary lacks AccountAccessKeysPresent');
    return rootHasAccessKey ? fail(`Root user of account ${accountId} has an access key`) : pass;
  },
  remediation: (_root, context) =>
    `Move the workload that uses the key to an IAM role. Then sign in as root and delete the key under "Security credentials". In a member account with centralized root access, open a root session from the management account instead, and delete the key in it: ${assumeRootToDeleteCredentials(context)}`,
});
