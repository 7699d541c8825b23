import check from '../../lambda/scanner/checks/management-account-workload.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import type { PrincipalVerdict } from '../../lambda/scanner/model/verdict.ts';
import { ACCOUNT, aRole, identities } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { aVerdict, accessOf } from '../support/verdicts.ts';

const organization = { id: 'o-exampleorgid', managementAccountId: ACCOUNT };
const trusting = (trustPolicy: Json, more: Partial<PrincipalVerdict> = {}) => {
  const app = aRole('app', { trustPolicy });
  return { organization, identities: identities({ roles: [app] }), access: accessOf(aVerdict(app.arn, 'none', more)) };
};
const trust = (Principal: Json) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }],
});
const lambda = trust({ Service: 'lambda.amazonaws.com' });

describeCheck(check, {
  passes: {
    'a role for people': trusting(trust({ AWS: `arn:aws:iam::${ACCOUNT}:root` })),
    'a role for a service that does not run code of the account': trusting(trust({ Service: 'config.amazonaws.com' })),
    'a function of the landing zone': trusting(lambda, { platform: true }),
  },
  fails: {
    'a role for functions, even without permissions': {
      given: trusting(lambda),
      says: /^IAM role app in the management account can be assumed by lambda\.amazonaws\.com$/m,
      on: 'app',
      severity: 'HIGH',
    },
    'a role next to an approved one': { given: trusting(lambda), params: { allowed: ['export'] }, says: 'IAM role app' },
    'a role for two services': {
      given: trusting(trust({ Service: ['lambda.amazonaws.com', 'ec2.amazonaws.com'] })),
      says: 'IAM role app in the management account can be assumed by 2 workload services\nThe services are ec2.amazonaws.com and lambda.amazonaws.com.',
    },
  },
  ignores: {
    'a member account': { ...trusting(lambda), organization: { ...organization, managementAccountId: '999988887777' } },
    'an account in no organization': { ...trusting(lambda), organization: undefined },
  },
  unknowns: { 'a trust policy that cannot be read': { given: trusting('{'), says: 'cannot be read' } },
});

describeCheck({ ...check, params: { allowed: ['app'] } }, { passes: { 'an approved role': trusting(lambda) }, fails: {} });
