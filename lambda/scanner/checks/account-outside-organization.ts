import { accountSubject } from '../model/account-subject.ts';
import { defineCheck, fail, pass } from '../check.ts';
import { cli } from '../model/command.ts';

export default defineCheck({
  id: 'account-outside-organization',
  title: 'The account belongs to an Organization',
  severity: 'MEDIUM',
  rationale:
    'An account by itself has no guardrail that its own admins cannot lift, no trail that they cannot stop, and nobody who notices that it is there.',
  standards: { 'AWS FSBP': 'Account.2', 'NIST 800-53 r5': 'CA-9(1), CM-2', 'ISO 27001:2022': 'A.5.15', NIS2: 'Art. 21(2)(i)' },
  needs: ['organization'],
  select: (_facts, context) => [accountSubject(context)],
  judge: (_subject, { organization }, { accountId }) =>
    organization === undefined ? fail(`Account ${accountId} is in no Organization of AWS.`) : pass,
  remediation: ({ resource }) =>
    `Invite it with credentials of your management account (${cli('organizations invite-account-to-organization', { target: `Id=${resource.name},Type=ACCOUNT` })}), and accept the invitation in the account. From then on the guardrails of its organizational unit bind it: try them on an account that nobody depends on first.`,
});
