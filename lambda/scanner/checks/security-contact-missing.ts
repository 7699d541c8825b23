import { accountSubject } from '../model/account-subject.ts';
import { defineCheck, fail, pass } from '../model/check.ts';
import { cli } from '../model/command.ts';

export default defineCheck({
  id: 'security-contact-missing',
  title: 'The account has a security contact',
  severity: 'MEDIUM',
  rationale:
    'AWS writes to this contact when it sees a leaked key or abuse. Without one the warning goes to the mailbox of root, which few people read.',
  standards: {
    'CIS AWS 3.0': '1.2',
    'CIS AWS 5.0': '1.2',
    'CIS AWS 7.0': '2.3',
    'AWS FSBP': 'Account.1',
    'NIST 800-53 r5': 'CM-2, CM-2(2)',
    NIS2: 'Art. 21(2)(b)',
  },
  needs: ['securityContact'],
  select: (_facts, context) => [accountSubject(context)],
  judge: (_account, { securityContact }, { accountId }) =>
    securityContact ? pass : fail(`Account ${accountId} has no alternate contact for security.`),
  remediation: `Name a mailbox that a team reads: ${cli('account put-alternate-contact', {
    'alternate-contact-type': 'SECURITY',
    name: 'NAME',
    title: 'TITLE',
    'email-address': 'EMAIL',
    'phone-number': 'PHONE',
  })}`,
});
