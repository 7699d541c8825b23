import check from '../../lambda/scanner/checks/service-trust-confused-deputy.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { ACCOUNT, identities, partitions } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { type Conditions, aTrustingRole, letting } from '../support/trust.ts';

const trusting = (principal: Json, conditions?: Conditions) => ({
  identities: identities({ roles: [aTrustingRole('flow', [letting(principal, conditions)])] }),
});
const states = (conditions?: Conditions) => trusting({ Service: 'states.amazonaws.com' }, conditions);
const says = 'IAM role flow can be assumed by states.amazonaws.com on behalf of any account\n';

describeCheck(check, {
  ignores: {
    'EC2, which sends neither key (other tools fail it, and a condition breaks it)': trusting({ Service: 'ec2.amazonaws.com' }),
    'Lambda, which documents neither key': trusting({ Service: 'lambda.amazonaws.com' }),
    'a service-linked role (other tools fail it)': {
      identities: identities({
        roles: [aTrustingRole('linked', [letting({ Service: 'states.amazonaws.com' })], { path: '/aws-service-role/x/' })],
      }),
    },
    'a role for the account': trusting({ AWS: ACCOUNT }),
  },
  passes: {
    'the same account': states({ StringEquals: { 'aws:SourceAccount': ACCOUNT } }),
    'the same account, if the key is sent, which it is': states({ StringEqualsIfExists: { 'aws:SourceAccount': ACCOUNT } }),
    'the same organization': states({ StringEquals: { 'aws:SourceOrgID': 'o-acmeexample' } }),
  },
  fails: {
    'any account': { given: states(), says, on: 'flow', severity: 'LOW' },
    'a service in one Region': {
      given: trusting({ Service: 'states.eu-west-1.amazonaws.com' }),
      says: 'IAM role flow can be assumed by states.eu-west-1.amazonaws.com on behalf of any account\n',
    },
    'two services': {
      given: trusting({ Service: ['states.amazonaws.com', 'events.amazonaws.com'] }),
      says: 'IAM role flow can be assumed by 2 AWS services on behalf of any account\nThe services are states.amazonaws.com and events.amazonaws.com.',
    },
    'any account by wildcard': { given: states({ StringLike: { 'aws:SourceAccount': '*' } }), says },
    'any account in the ARN': { given: states({ ArnLike: { 'aws:SourceArn': 'arn:aws:states:*:*:stateMachine:*' } }), says },
    'an unrelated condition': { given: states({ Bool: { 'aws:SecureTransport': 'true' } }), says },
  },
  unknowns: {
    'a trust policy that cannot be read': {
      given: { identities: identities({ roles: [aTrustingRole('flow', [], { trustPolicy: null })] }) },
      says: 'its trust policy cannot be read',
    },
  },
});

describe.each(partitions)('in partition %s', (partition) => {
  describeCheck(check, {
    partition,
    passes: {
      'resources of the same account': states({
        ArnLike: { 'aws:SourceArn': `arn:${partition}:states:*:${ACCOUNT}:stateMachine:*` },
      }),
    },
    fails: { 'all resources': { given: states({ ArnLike: { 'aws:SourceArn': `arn:${partition}:states:*:*:*` } }), says } },
  });
});

test('is off unless the configuration turns it on', () => {
  expect(check.enabledByDefault).toBe(false);
});
