import type { Json } from '../../lambda/scanner/model/json.ts';
import { ACCOUNT_ID, iamArn } from './names.ts';
import type { Random } from './random.ts';
import { document } from './statements.ts';

const assume = (principal: Json, condition?: Json, action = 'sts:AssumeRole'): Json =>
  document([
    { Effect: 'Allow', Principal: principal, Action: action, ...(condition === undefined ? {} : { Condition: condition }) },
  ]);

const trustedServices = [
  'lambda.amazonaws.com',
  'lambda.amazonaws.com',
  'lambda.amazonaws.com',
  'ecs-tasks.amazonaws.com',
  'ecs-tasks.amazonaws.com',
  'ec2.amazonaws.com',
  'states.amazonaws.com',
  'codebuild.amazonaws.com',
  'glue.amazonaws.com',
  'events.amazonaws.com',
  'cloudformation.amazonaws.com',
];

const github = (team: string): Json =>
  assume(
    { Federated: iamArn('oidc-provider/token.actions.githubusercontent.com') },
    {
      StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
      StringLike: { 'token.actions.githubusercontent.com:sub': `repo:acme/${team}:*` },
    },
    'sts:AssumeRoleWithWebIdentity',
  );

const saml = assume(
  { Federated: iamArn('saml-provider/AWSSSO_DO_NOT_DELETE') },
  { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
  'sts:AssumeRoleWithSAML',
);

/** Whom a role of a team trusts: mostly a service, else the account, named roles, a partner or an identity provider. */
export function trustPolicy(random: Random, team: string, roleArns: readonly string[]): Json {
  const kind = random.below(100);
  if (kind < 62) return assume({ Service: random.pick(trustedServices) });
  if (kind < 74) return assume({ AWS: `arn:aws:iam::${ACCOUNT_ID}:root` });
  if (kind < 84) return assume({ AWS: random.some(roleArns, 1 + random.below(3)) });
  if (kind < 92) return github(team);
  if (kind < 96) return assume({ AWS: 'arn:aws:iam::444455556666:root' }, { StringEquals: { 'sts:ExternalId': random.id('') } });
  return saml;
}
