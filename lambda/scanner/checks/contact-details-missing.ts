import { accountSubject } from '../model/account-subject.ts';
import { defineCheck, fail, pass } from '../check.ts';
import { cli } from '../model/command.ts';

export default defineCheck({
  id: 'contact-details-missing',
  title: 'Contact details should be provided for an AWS account',
  severity: 'LOW',
  rationale:
    'AWS uses this contact when it sees abuse in the account or cannot reach its owner by email. If AWS reaches no one, it may restrict the account.',
  standards: { 'ISO 27001:2022': 'A.5.26', NIS2: 'Art. 21(2)(b)' },
  needs: ['contactDetails'],
  select: (_facts, context) => [accountSubject(context)],
  judge: (_account, { contactDetails }, { accountId }) =>
    contactDetails ? pass : fail(`Account ${accountId} has no primary contact`),
  remediation: `Write a name, an address and a phone number that several people answer to contact.json, and set it as the contact of the account: ${cli('account put-contact-information', { 'contact-information': 'file://contact.json' })}`,
});
