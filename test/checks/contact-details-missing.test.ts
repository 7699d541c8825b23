import check from '../../lambda/scanner/checks/contact-details-missing.ts';
import { ACCOUNT } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

describeCheck(check, {
  passes: { 'a contact': { contactDetails: true } },
  fails: {
    'no contact': {
      given: { contactDetails: false },
      says: `Account ${ACCOUNT} has no primary contact\nAWS uses this contact `,
      on: ACCOUNT,
      severity: 'LOW',
    },
  },
});
