import { accountSubject } from '../model/account-subject.ts';
import { defineCheck, fail, pass } from '../check.ts';
import { cli } from '../model/command.ts';

export default defineCheck({
  id: 'security-contact-missing',
  title: 'Security contact information should be provided for an AWS account',
  severity: 'MEDIUM',
  rationale:
    'AWS notifies this contact of leaked keys and abuse. Without it, the notice goes to the root email address, which few people read.',
  standards: {
    'NIST 800-53 r5': 'CM-2, CM-2(2)',
    NIS2: 'Art. 21(2)(b)',
  },
  needs: ['securityContact'],
  select: (_facts, context) => [accountSubject(context)],
  judge: (_account, { securityContact }, { accountId }) =>
    securityContact ? pass : fail(`Account ${accountId} has no alternate contact for security`),
  remediation: `Set a mailbox that a team reads as the alternate security contact: ${cli('account put-alternate-contact', {
    'alternate-contact-type': 'SECURITY',
    name: 'NAME',
    title: 'TITLE',
    'email-address': 'EMAIL',
    'phone-number': 'PHONE',
  })}`,
});
