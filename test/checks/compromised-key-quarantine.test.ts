import check from '../../lambda/scanner/checks/compromised-key-quarantine.ts';
import { aGroup, aRole, aUser, identities, partitions } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

describe.each(partitions)('in partition %s', (partition) => {
  const attached = (name: string) => ({ attachedPolicies: [{ name, arn: `arn:${partition}:iam::aws:policy/${name}` }] });
  const user = (policy: string) => ({ identities: identities({ users: [aUser('ci', attached(policy))] }) });
  const says = (policy: string) => `IAM user ci has a leaked credential: AWS attached ${policy}\nAWS attaches this policy when `;

  describeCheck(check, {
    partition,
    passes: {
      'another policy': user('ReadOnlyAccess'),
      'a policy that only mentions the name': user('DenyAWSCompromisedKeyQuarantine'),
      'nothing attached to a user, a group and a role': {
        identities: identities({ users: [aUser('ci')], groups: [aGroup('ops')], roles: [aRole('app')] }),
      },
    },
    fails: {
      'the first version': {
        given: user('AWSCompromisedKeyQuarantine'),
        says: says('AWSCompromisedKeyQuarantine'),
        on: 'ci',
        severity: 'CRITICAL',
      },
      'the second version': { given: user('AWSCompromisedKeyQuarantineV2'), says: says('AWSCompromisedKeyQuarantineV2') },
      'the third version': { given: user('AWSCompromisedKeyQuarantineV3'), says: says('AWSCompromisedKeyQuarantineV3') },
      'the fourth version': { given: user('AWSCompromisedKeyQuarantineV4'), says: says('AWSCompromisedKeyQuarantineV4') },
      'on a group': {
        given: { identities: identities({ groups: [aGroup('ops', attached('AWSCompromisedKeyQuarantineV3'))] }) },
        says: 'IAM group ops has a leaked credential: AWS attached AWSCompromisedKeyQuarantineV3',
        on: 'ops',
      },
      'on a role': {
        given: { identities: identities({ roles: [aRole('app', attached('AWSCompromisedKeyQuarantineV3'))] }) },
        says: 'IAM role app has a leaked credential: AWS attached AWSCompromisedKeyQuarantineV3',
        on: 'app',
      },
    },
    ignores: { 'an account without identities': {} },
  });
});
