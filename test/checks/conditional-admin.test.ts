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
  passes: { 'an admin without conditions': given('admin'), nobody: given('none') },
  ignores: {
    'a user for emergencies, whom MFA keeps': {
      identities: identities({ users: [glass] }),
      access: accessOf(aVerdict(glass.arn, 'conditional', { would: 'admin' })),
    },
  },
  fails: {
    'an admin from one address': {
      given: given('conditional', {
        would: 'admin',
        conditions: [{ key: 'aws:sourceip', controlledBy: 'environment', text: 'IpAddress aws:sourceip: 203.0.113.0/24' }],
      }),
      says: 'Role app is admin only if: IpAddress aws:sourceip: 203.0.113.0/24.',
      severity: 'LOW',
    },
    'an admin whom a Deny may stop': {
      given: given('conditional', {
        would: 'admin',
        conditions: [
          { key: 'aws:sourceip', controlledBy: 'environment', text: 'denied if NotIpAddress aws:sourceip: 203.0.113.0/24' },
          { key: 'aws:principaltag/team', controlledBy: 'environment', text: 'StringEquals aws:principaltag/team: ops' },
        ],
      }),
      says: 'is admin only if: StringEquals aws:principaltag/team: ops unless denied by: NotIpAddress aws:sourceip: 203.0.113.0/24.',
    },
    'one who gets there if a function exists': {
      given: given('conditional', {
        would: 'can-become-admin',
        conditions: [{ key: 'exists:x', controlledBy: 'environment', text: 'a function exists' }],
      }),
      says: 'Role app gets to admin (sts:AssumeRole role/ops) only if: a function exists.',
    },
    'a role of the platform': { given: given('conditional', { platform: true }), says: 'Role app', severity: 'INFORMATIONAL' },
  },
});
