import check from '../../lambda/scanner/checks/admin-grantor.ts';
import { aRole, identities } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { aVerdict, accessOf } from '../support/verdicts.ts';

const app = aRole('app');
const given = (verdict: Parameters<typeof aVerdict>[1], more = {}) => ({
  identities: identities({ roles: [app] }),
  access: accessOf(aVerdict(app.arn, verdict, more)),
});

describeCheck(check, {
  passes: {
    'an admin, which may': given('admin'),
    'one that can escalate, which shadow-admin reports': given('can-become-admin'),
  },
  fails: {
    'one that can grant administrator access': {
      given: given('can-grant-admin'),
      says: /^IAM role app can grant administrator access to another identity\nPath: sts:AssumeRole role\/ops\. The role cannot act as that identity itself\.$/,
      severity: 'HIGH',
    },
    'a role of the platform ranks low': {
      given: given('can-grant-admin', { platform: true }),
      says: 'IAM role app can grant',
      severity: 'LOW',
    },
  },
});
