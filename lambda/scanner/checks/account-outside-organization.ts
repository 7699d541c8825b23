import { accountSubject } from '../model/account-subject.ts';
import { defineCheck, fail, pass } from '../check.ts';
import { cli } from '../model/command.ts';

export default defineCheck({
  id: 'account-outside-organization',
  title: 'AWS account should be part of an AWS Organizations organization',
  severity: 'MEDIUM',
  rationale:
    'Administrators of a standalone account can remove every restriction and stop every trail in it. No service control policy limits them, and no central team sees the account.',
  standards: { 'NIST 800-53 r5': 'CA-9(1), CM-2', 'ISO 27001:2022': 'A.5.15', NIS2: 'Art. 21(2)(i)' },
  needs: ['organization'],
  select: (_facts, context) => [accountSubject(context)],
  judge: (_subject, { organization }, { accountId }) =>
    organization === undefined ? fail(`Account ${accountId} is not part of an AWS organization`) : pass,
  remediation: ({ resource }) =>
    `Invite the account from your management account (${cli('organizations invite-account-to-organization', { target: `Id=${resource.name},Type=ACCOUNT` })}). Accept the invitation in the account. From then on, the SCPs of its organizational unit apply to it: test them on a less important account first.`,
});
