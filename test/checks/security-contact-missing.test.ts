import check from '../../lambda/scanner/checks/security-contact-missing.ts';
import { ACCOUNT } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

describeCheck(check, {
  passes: { 'a contact': { securityContact: { email: 'security@example.com' } } },
  fails: {
    'no contact': {
      given: { securityContact: undefined },
      says: `Account ${ACCOUNT} has no alternate contact for security\nAWS notifies this contact `,
      on: ACCOUNT,
      severity: 'MEDIUM',
    },
  },
});
