import check from '../../lambda/scanner/checks/service-credential-long-lived.ts';
import type { ServiceCredential } from '../../lambda/scanner/facts/service-credentials.ts';
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
    'no expiry at all, created today': {
      given: credential({ createdAt: NOW }),
      says: 'IAM user app has a credential for bedrock.amazonaws.com that never expires\nCredential ACCA1 is 0 days old.',
      on: 'app',
      severity: 'HIGH',
    },
    'a lifetime of 91 days': {
      given: lasting(91),
      says: 'IAM user app has a credential for bedrock.amazonaws.com that is valid for 91 days\nCredential ACCA1 expires on 2027-02-09. The limit is 90 days.',
    },
    'older than 90 days, and still valid': {
      given: credential({ createdAt: daysAgo(200), expiresAt: daysAgo(-1) }),
      says: 'valid for 201 days',
    },
    'a CloudWatch Logs API key': {
      given: credential({ service: 'logs.amazonaws.com' }),
      says: 'for logs.amazonaws.com that never expires',
    },
    'a CodeCommit password': { given: credential({ service: 'codecommit.amazonaws.com' }), says: 'never expires' },
    'a Keyspaces password': { given: credential({ service: 'cassandra.amazonaws.com' }), says: 'never expires' },
    'a threshold from the configuration': { given: lasting(31), params: { maxDays: 30 }, says: 'valid for 31 days' },
  },
  ignores: {
    'an inactive one that never expires': credential({ active: false }),
    'an inactive one with a long lifetime': lasting(365, { active: false }),
    'one that has expired': credential({ createdAt: daysAgo(400), expiresAt: NOW }),
    'one of a user deleted since': { ...credential({}), identities: identities({}) },
  },
});
