import check from '../../lambda/scanner/checks/shadow-admin.ts';
import { aContext, aRole, emptyAccount, identities } from '../support/builders.ts';
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

test('a break-glass identity is not told to give up its access at once', () => {
  const context = aContext({ isBreakGlass: () => true });
  const [judged] = check.run({ ...emptyAccount, ...given('can-become-admin') }, context);
  expect(judged?.remediation()).toMatch(/^This is a break-glass identity\. If it needs this access in an emergency, keep it /);
  const [other] = check.run({ ...emptyAccount, ...given('can-become-admin') }, aContext());
  expect(other?.remediation()).not.toContain('break-glass');
});
