import check from '../../lambda/scanner/checks/conditional-admin.ts';
import { aRole, aUser, identities } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { aVerdict, accessOf } from '../support/verdicts.ts';

const app = aRole('app');
const glass = aUser('glass', { tags: new Map([['break-glass', 'true']]) });
const given = (verdict: Parameters<typeof aVerdict>[1], more = {}) => ({
  identities: identities({ roles: [app] }),
  access: accessOf(aVerdict(app.arn, verdict, more)),
});

describeCheck(check, {
  passes: { 'an admin without conditions': given('admin'), 'a principal without access': given('none') },
  ignores: {
    'a break-glass user behind MFA': {
      identities: identities({ users: [glass] }),
      access: accessOf(aVerdict(glass.arn, 'conditional', { would: 'admin' })),
    },
  },
  fails: {
    'an admin from one address': {
      given: given('conditional', {
        would: 'admin',
        conditions: [{ key: 'aws:sourceip', controlledBy: 'environment', text: 'IpAddress aws:SourceIp: 203.0.113.0/24' }],
      }),
      says: 'IAM role app has administrator access under conditions\nPath: sts:AssumeRole role/ops. Only if: IpAddress aws:SourceIp: 203.0.113.0/24.',
      severity: 'LOW',
    },
    'an admin that an explicit deny may stop': {
      given: given('conditional', {
        would: 'admin',
        conditions: [
          {
            key: 'aws:sourceip',
            controlledBy: 'environment',
            text: 'not denied by the condition NotIpAddress aws:SourceIp: 203.0.113.0/24',
          },
          { key: 'aws:principaltag/team', controlledBy: 'environment', text: 'StringEquals aws:PrincipalTag/team: ops' },
        ],
      }),
      says: 'Only if: StringEquals aws:PrincipalTag/team: ops. A Deny statement applies if: NotIpAddress aws:SourceIp: 203.0.113.0/24.',
    },
    'one that can escalate if a function exists': {
      given: given('conditional', {
        would: 'can-become-admin',
        conditions: [{ key: 'exists:x', controlledBy: 'environment', text: 'a function exists' }],
      }),
      says: 'IAM role app can escalate to administrator under conditions\nPath: sts:AssumeRole role/ops. Only if: a function exists.',
    },
    'a role of the platform': {
      given: given('conditional', { platform: true }),
      says: 'IAM role app',
      severity: 'INFORMATIONAL',
    },
  },
});
