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
  passes: { 'an admin, who may': given('admin'), 'one who can become admin is reported as that': given('can-become-admin') },
  fails: {
    'one who can make others admin': {
      given: given('can-grant-admin'),
      says: 'Role app can make others admin: sts:AssumeRole role/ops.',
      severity: 'HIGH',
    },
    'a role of the platform ranks low': {
      given: given('can-grant-admin', { platform: true }),
      says: 'Role app',
      severity: 'LOW',
    },
  },
});
