import check from '../../lambda/scanner/checks/role-trusts-unknown-service.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import type { Verdict } from '../../lambda/scanner/model/verdict.ts';
import { aRole, identities } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { aVerdict, accessOf } from '../support/verdicts.ts';

const trusting = (...services: readonly string[]) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: services }, Action: 'sts:AssumeRole' }],
});

/** An account with roles by name: whom each trusts, and its verdict. */
const given = (roles: Readonly<Record<string, readonly [trust: Json, verdict?: Verdict, path?: string]>>) => {
  const made = Object.entries(roles).map(([name, [trustPolicy, verdict = 'none', path = '/']]) => ({
    role: aRole(name, { trustPolicy, path }),
    verdict,
  }));
  return {
    identities: identities({ roles: made.map(({ role }) => role) }),
    access: accessOf(...made.map(({ role, verdict }) => aVerdict(role.arn, verdict))),
  };
};

describeCheck(check, {
  passes: {
    'an account without roles': {},
    'roles that trust services of the table, or a part of them': given({
      app: [trusting('lambda.amazonaws.com', 'ecs-tasks.amazonaws.com')],
      iot: [trusting('credentials.iot.amazonaws.com')],
      china: [trusting('ec2.amazonaws.com.cn')],
    }),
    'a trust that is denied or not of a service': given({
      denied: [{ Statement: [{ Effect: 'Deny', Principal: { Service: 'newservice.amazonaws.com' }, Action: 'sts:AssumeRole' }] }],
      account: [{ Statement: [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }] }],
    }),
    'a service-linked role, which no caller can pass to another service': given({
      linked: [trusting('newservice.amazonaws.com'), 'none', '/aws-service-role/newservice.amazonaws.com/'],
    }),
  },
  fails: {
    'one role that trusts a service that is newer than the table': {
      given: given({ app: [trusting('lambda.amazonaws.com')], forge: [trusting('newservice.amazonaws.com')] }),
      says: 'Account 111122223333 has a role that trusts newservice.amazonaws.com, which iam-vigil does not know\nIAM role forge trusts newservice.amazonaws.com.',
      on: '111122223333',
      severity: 'LOW',
    },
    'a principal of the service in China is the same service': {
      given: given({ forge: [trusting('newservice.amazonaws.com.cn')] }),
      says: 'trusts newservice.amazonaws.com, which',
    },
    'a service with a long name': {
      given: given({ forge: [trusting('a.very-long.name-of-a-service.new.amazonaws.com')] }),
      says: 'trusts a.very-long.name-of-a-service.new, which iam-vigil does not know\nIAM role forge trusts a.very-long.name-of-a-service.new.amazonaws.com.',
    },
    'several roles and services, told once': {
      given: given({
        forge: [trusting('newservice.amazonaws.com', 'other.amazonaws.com')],
        anvil: [trusting('other.amazonaws.com')],
      }),
      says: 'Account 111122223333 has 2 roles that trust 2 services that iam-vigil does not know\nIAM role forge trusts newservice.amazonaws.com and other.amazonaws.com. IAM role anvil trusts other.amazonaws.com.',
      severity: 'LOW',
    },
    'a role that is admin': {
      given: given({ forge: [trusting('newservice.amazonaws.com')], anvil: [trusting('newservice.amazonaws.com'), 'admin'] }),
      says: 'Account 111122223333 has 2 roles that trust newservice.amazonaws.com, which iam-vigil does not know\nIAM role anvil, which is or can become admin, trusts newservice.amazonaws.com. IAM role forge trusts',
      severity: 'MEDIUM',
    },
    'another service than the approved one': {
      given: given({ forge: [trusting('newservice.amazonaws.com', 'other.amazonaws.com')] }),
      params: { allowed: ['newservice.amazonaws.com'] },
      says: 'trusts other.amazonaws.com, which iam-vigil does not know',
    },
    'more roles than a message lists': {
      given: given(
        Object.fromEntries(Array.from({ length: 7 }, (_, index) => [`r${index}`, [trusting('newservice.amazonaws.com')]])),
      ),
      says: 'IAM role r4 trusts newservice.amazonaws.com. So do 2 other roles.',
    },
    'a trust policy beside one that cannot be read': {
      given: given({ forge: [trusting('newservice.amazonaws.com')], broken: ['{'] }),
      says: 'IAM role forge',
    },
  },
  unknowns: {
    'a trust policy that cannot be read': {
      given: given({ app: [trusting('lambda.amazonaws.com')], broken: ['{'] }),
      says: 'the trust policy of IAM role broken cannot be read',
      on: '111122223333',
    },
  },
});
