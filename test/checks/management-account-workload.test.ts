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
    'a role for a service that runs nothing of the account': trusting(trust({ Service: 'config.amazonaws.com' })),
    'a function of the landing zone': trusting(lambda, { platform: true }),
  },
  fails: {
    'a role of functions, however little it may do': {
      given: trusting(lambda),
      says: 'Role app of the management account is for workloads: lambda.amazonaws.com may act as it.',
      on: 'app',
      severity: 'HIGH',
    },
    'another than the one that is allowed': { given: trusting(lambda), params: { allowed: ['export'] }, says: 'Role app' },
  },
  ignores: {
    'a member account': { ...trusting(lambda), organization: { ...organization, managementAccountId: '999988887777' } },
    'an account in no Organization': { ...trusting(lambda), organization: undefined },
  },
  unknowns: { 'a trust policy that cannot be read': { given: trusting('{'), says: 'cannot be read' } },
});

describeCheck({ ...check, params: { allowed: ['app'] } }, { passes: { 'the one that is allowed': trusting(lambda) }, fails: {} });
