import { rootSubject } from '../model/account-subject.ts';
import { defineCheck, fail, pass } from '../model/check.ts';
import { assumeRootToDeleteCredentials } from './subjects/root-task.ts';

export default defineCheck({
  id: 'root-access-key-active',
  title: 'Root has no access key',
  severity: 'CRITICAL',
  rationale:
    'An access key of root may do everything in the account, is asked for no MFA, and no policy of the account can hold it back. Nothing needs one.',
  standards: {
    'CIS AWS 3.0': '1.4',
    'CIS AWS 5.0': '1.3',
    'CIS AWS 7.0': '2.4',
    'AWS FSBP': 'IAM.4',
    'NIST 800-53 r5': 'AC-2(1), AC-3(7), AC-3(15), AC-6, AC-6(2), AC-6(10)',
    'ISO 27001:2022': 'A.8.2',
    NIS2: 'Art. 21(2)(i)',
  },
  needs: ['accountSummary'],
  select: (_facts, context) => [rootSubject(context)],
  judge: (_root, { accountSummary }, { accountId }) =>
    accountSummary.rootHasAccessKey ? fail(`Root of account ${accountId} has an access key.`) : pass,
  remediation: (_root, context) =>
    `Move what uses the key to a role. Then sign in as root and delete the key under "Security credentials"; or, in a member account of an Organization with central root access, delete it from the management account: ${assumeRootToDeleteCredentials(context)}`,
});
