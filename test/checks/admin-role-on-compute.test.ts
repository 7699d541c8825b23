import check from '../../lambda/scanner/checks/admin-role-on-compute.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import type { PrincipalVerdict, Verdict } from '../../lambda/scanner/model/verdict.ts';
import { aRole, aUser, identities } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { aVerdict, accessOf } from '../support/verdicts.ts';

const trusting = (trustPolicy: Json, verdict: Verdict = 'admin', more: Partial<PrincipalVerdict> = {}) => {
  const app = aRole('app', { trustPolicy });
  return { identities: identities({ roles: [app] }), access: accessOf(aVerdict(app.arn, verdict, more)) };
};
const trust = (Principal: Json, more: Readonly<Record<string, Json>> = {}) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...more }],
});
const service = (...names: readonly string[]) => trust({ Service: names.map((name) => `${name}.amazonaws.com`) });
const lambda = { Service: 'lambda.amazonaws.com' };
const cluster = { Federated: 'arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC' };
const github = { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' };
const web = { Action: 'sts:AssumeRoleWithWebIdentity' };
const ann = aUser('ann');

describeCheck(check, {
  passes: {
    'a role for people': trusting(trust({ AWS: 'arn:aws:iam::111122223333:root' })),
    'a role for a pipeline elsewhere': trusting(trust(github, web)),
    'a role for a service that runs nothing of the account': trusting(service('config', 'cloudtrail')),
    'any AWS principal, which is no service': trusting(trust('*')),
    'a trust that is denied again': trusting({
      Version: '2012-10-17',
      Statement: [...trust(lambda).Statement, { Effect: 'Deny', Principal: lambda, Action: 'sts:AssumeRole' }],
    }),
    'a service that acts for another account': trusting(
      trust(lambda, { Condition: { StringEquals: { 'aws:SourceAccount': '999988887777' } } }),
    ),
    'a service that may only tag': trusting(trust(lambda, { Action: 'sts:TagSession' })),
  },
  fails: {
    'trusted by a service alone, which other tools skip': {
      given: trusting(service('lambda')),
      says: 'IAM role app has administrator access and workloads can use it\nThe trust policy allows lambda.amazonaws.com.',
      on: 'app',
      severity: 'HIGH',
    },
    'trusted by EC2, containers and builds': {
      given: trusting(service('ec2', 'ecs-tasks', 'codebuild')),
      says: 'codebuild.amazonaws.com, ec2.amazonaws.com and ecs-tasks.amazonaws.com',
    },
    'a role that can escalate, with its path': {
      given: trusting(service('glue'), 'can-become-admin'),
      says: /IAM role app can escalate to administrator and workloads can use it\nThe trust policy allows glue.amazonaws.com. Path: sts:AssumeRole role\/ops\.$/,
    },
    'a role that can grant administrator access': {
      given: trusting(service('glue'), 'can-grant-admin'),
      says: 'can grant administrator access',
    },
    'trusted by people as well': {
      given: trusting(trust({ ...lambda, AWS: 'arn:aws:iam::111122223333:root' })),
      says: 'lambda',
    },
    'trusted by a service for this account': {
      given: trusting(trust(lambda, { Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } })),
      says: 'lambda',
    },
    'trusted by a service for one function': {
      given: trusting(trust(lambda, { Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:lambda:*:*:function:x' } } })),
      says: 'lambda',
    },
    'the name of a service in China': { given: trusting(trust({ Service: 'ec2.amazonaws.com.cn' })), says: 'ec2.amazonaws.com' },
    'pods of EKS by their identity': { given: trusting(service('pods.eks')), says: 'pods.eks.amazonaws.com' },
    'pods of EKS by the provider of their cluster': {
      given: trusting(trust(cluster, web)),
      says: 'The trust policy allows the pods of an EKS cluster.',
    },
    'a role of the platform ranks low': {
      given: trusting(service('cloudformation'), 'admin', { platform: true }),
      says: 'cloudformation',
      severity: 'LOW',
    },
  },
  ignores: {
    'a role that is no admin': trusting(service('lambda'), 'none'),
    'a role that is admin only under conditions': trusting(service('lambda'), 'conditional'),
    'a user': { identities: identities({ users: [ann] }), access: accessOf(aVerdict(ann.arn, 'admin')) },
  },
  unknowns: { 'a trust policy that cannot be read': { given: trusting('{'), says: 'cannot be read', on: 'app' } },
});
