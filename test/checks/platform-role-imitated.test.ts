import check from '../../lambda/scanner/checks/platform-role-imitated.ts';
import type { Organization } from '../../lambda/scanner/facts/organization.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import type { Verdict } from '../../lambda/scanner/model/verdict.ts';
import { aRole, aUser, identities } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { aVerdict, accessOf } from '../support/verdicts.ts';

const organization: Organization = { id: 'o-exampleorgid', managementAccountId: '999900001111' };
const management = { AWS: 'arn:aws:iam::999900001111:root' };
const lambda = { Service: 'lambda.amazonaws.com' };
const trust = (Principal: Json): Json => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }],
});
const given = (name: string, principal: Json, verdict: Verdict = 'admin', path = '/') => {
  const role = aRole(name, { path, trustPolicy: typeof principal === 'string' ? principal : trust(principal) });
  return { identities: identities({ roles: [role] }), access: accessOf(aVerdict(role.arn, verdict)), organization };
};

describeCheck(check, {
  passes: {
    'the execution role of AWS Control Tower': given('AWSControlTowerExecution', management),
    'a role with such a name that leads nowhere': given('cdk-shop-deploy-role-prod', lambda, 'none'),
    'a role that is admin only under conditions, as other checks report': given('AWSAFTExec2', lambda, 'conditional'),
  },
  ignores: {
    'a role with a name of its own': given('support-tool', lambda),
    'a user with such a name': { identities: identities({ users: [aUser('AWSAFTExec2')] }) },
  },
  fails: {
    'a name that no landing zone gives': {
      given: given('AWSAFTExec2', lambda),
      says: 'IAM role AWSAFTExec2 has the name of a platform role and trusts lambda.amazonaws.com\nNo role that AWS or a landing zone creates has this name. The role has administrator access. It trusts lambda.amazonaws.com.',
      on: 'AWSAFTExec2',
      severity: 'HIGH',
    },
    'the name of a role of Control Tower': {
      given: given('aws-controltower-Audit2', lambda),
      says: 'has the name of a platform role and trusts lambda.amazonaws.com',
      severity: 'HIGH',
    },
    'the name of a role of the CDK': { given: given('cdk-zz-deploy-role-1', lambda), says: 'No role that', severity: 'HIGH' },
    'the name of a role of a StackSet': { given: given('stacksets-exec-zz', lambda), says: 'No role that', severity: 'HIGH' },
    'the exact name, trusted by someone else as well': {
      given: given('AWSControlTowerExecution', { ...management, ...lambda }, 'can-become-admin'),
      says: 'trusts 2 principals\nThe platform role of this name trusts something else. The role can escalate to administrator. It trusts arn:aws:iam::999900001111:root and lambda.amazonaws.com.',
    },
    'the exact name and trust, and the permissions of an admin': {
      given: given('aws-controltower-ForwardSnsNotificationRole', lambda),
      says: 'IAM role aws-controltower-ForwardSnsNotificationRole has the name of a platform role and has administrator access\nThe platform role of this name has fewer permissions.',
    },
    'the exact name below another path': {
      given: given('AWSControlTowerAdmin', { Service: 'controltower.amazonaws.com' }),
      says: 'The platform role of this name has another path.',
    },
    'another account': {
      given: given('OrganizationAccountAccessRole', { AWS: 'arn:aws:iam::222233334444:role/ops' }),
      says: 'has the name of a platform role and trusts account 222233334444',
    },
    'a management account of no organization': {
      given: { ...given('OrganizationAccountAccessRole', management), organization: undefined },
      says: 'trusts account 999900001111\nThe platform role of this name trusts something else.',
    },
    'the StackSets of another organization': {
      given: given(`stacksets-exec-${'0a'.repeat(16)}`, {
        AWS: 'arn:aws:iam::222233334444:role/aws-service-role/stacksets.cloudformation.amazonaws.com/AWSServiceRoleForCloudFormationStackSetsOrgAdmin',
      }),
      says: 'trusts account 222233334444',
    },
    'a trust policy without a principal': {
      given: given('AWSAFTExec2', {}),
      says: 'has the name of a platform role and has administrator access',
    },
    everyone: {
      given: given('OrganizationAccountAccessRole', { AWS: '*' }),
      says: 'has the name of a platform role and trusts any AWS principal',
    },
  },
  unknowns: {
    'a trust policy that cannot be read': {
      given: given('AWSControlTowerExecution', 'x'),
      says: 'its trust policy cannot be read',
      on: 'AWSControlTowerExecution',
    },
  },
});
