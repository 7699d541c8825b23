import check from '../../lambda/scanner/checks/shadow-admin.ts';
import { aRole, identities } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { aVerdict, accessOf } from '../support/verdicts.ts';

const app = aRole('app');
const given = (verdict: Parameters<typeof aVerdict>[1], more = {}) => ({
  identities: identities({ roles: [app] }),
  access: accessOf(aVerdict(app.arn, verdict, more)),
});

const linked = aRole('AWSServiceRoleForSSO', { path: '/aws-service-role/sso.amazonaws.com/' });

describeCheck(check, {
  ignores: {
    'a service-linked role, which only AWS can assume and change': {
      identities: identities({ roles: [linked] }),
      access: accessOf(aVerdict(linked.arn, 'can-become-admin')),
    },
  },
  passes: { 'an admin, which other checks report': given('admin'), 'a principal without a path': given('none') },
  fails: {
    'a principal that can escalate': {
      given: given('can-become-admin'),
      says: /^IAM role app can escalate to administrator\nPath: sts:AssumeRole role\/ops\.$/,
      on: 'app',
      severity: 'HIGH',
    },
    'a role of the platform ranks low': {
      given: given('can-become-admin', { platform: true }),
      says: 'IAM role app can escalate',
      severity: 'LOW',
    },
  },
});
