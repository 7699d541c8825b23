import check from '../../lambda/scanner/checks/service-credential-long-lived.ts';
import type { ServiceCredential } from '../../lambda/scanner/model/facts/credentials.ts';
import { NOW, aUser, daysAgo, identities } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

const credential = (some: Partial<ServiceCredential>) => ({
  identities: identities({ users: [aUser('app')] }),
  serviceCredentials: [
    {
      id: 'ACCA1',
      userName: 'app',
      service: 'bedrock.amazonaws.com',
      active: true,
      createdAt: daysAgo(10),
      ...some,
    },
  ],
});
const lasting = (days: number, some: Partial<ServiceCredential> = {}) =>
  credential({ createdAt: daysAgo(10), expiresAt: daysAgo(10 - days), ...some });

describeCheck(check, {
  passes: {
    'a lifetime of 90 days': lasting(90),
    'the last day of 90': credential({ createdAt: daysAgo(89.9), expiresAt: daysAgo(-0.1) }),
  },
  fails: {
    'no expiry at all, made today': {
      given: credential({ createdAt: NOW }),
      says: 'The credential ACCA1 of user app for bedrock.amazonaws.com never expires; it is 0 days old.',
      on: 'app',
      severity: 'HIGH',
    },
    'a lifetime of 91 days': {
      given: lasting(91),
      says: 'The credential ACCA1 of user app for bedrock.amazonaws.com is valid for 91 days.',
    },
    'older than 90 days, and still valid': {
      given: credential({ createdAt: daysAgo(200), expiresAt: daysAgo(-1) }),
      says: 'valid for 201 days',
    },
    'a CloudWatch Logs API key': {
      given: credential({ service: 'logs.amazonaws.com' }),
      says: 'for logs.amazonaws.com never expires',
    },
    'a CodeCommit password': { given: credential({ service: 'codecommit.amazonaws.com' }), says: 'never expires' },
    'a Keyspaces password': { given: credential({ service: 'cassandra.amazonaws.com' }), says: 'never expires' },
    'a threshold of the configuration': { given: lasting(31), params: { maxDays: 30 }, says: 'valid for 31 days' },
  },
  ignores: {
    'an inactive one that never expires': credential({ active: false }),
    'an inactive one of long life': lasting(365, { active: false }),
    'one that has expired': credential({ createdAt: daysAgo(400), expiresAt: NOW }),
    'one of a user deleted meanwhile': { ...credential({}), identities: identities({}) },
  },
});
