import check from '../../lambda/scanner/checks/oidc-trust-unscoped.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { unavailable } from '../../lambda/scanner/model/observed.ts';
import { ACCOUNT, aRole, identities, partitions, seen } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { type Conditions, aTrustingRole, keepingOut, letting } from '../support/trust.ts';

const GITHUB = 'token.actions.githubusercontent.com';
const providerArn = (url: string, partition = 'aws') => `arn:${partition}:iam::${ACCOUNT}:oidc-provider/${url}`;
const web = { Action: 'sts:AssumeRoleWithWebIdentity' };

const trusting = (url: string, statements: readonly Json[], partition = 'aws', clientIds = ['sts.amazonaws.com']) => ({
  identities: identities({ roles: [aTrustingRole('ci', statements)] }),
  oidcProviders: seen({ [providerArn(url, partition)]: { url, clientIds, thumbprints: [] } }),
});
const issued = (url: string, conditions?: Conditions, ...more: readonly Json[]) =>
  trusting(url, [letting({ Federated: providerArn(url) }, conditions, web), ...more]);
const builtIn = (name: string, conditions?: Conditions) => ({
  identities: identities({ roles: [aTrustingRole('ci', [letting({ Federated: name }, conditions, web)])] }),
});

const like = (url: string, sub: Json) => issued(url, { StringLike: { [`${url}:sub`]: sub } });
const github = (sub: Json) => like(GITHUB, sub);
const aud = { [`${GITHUB}:aud`]: 'sts.amazonaws.com' };

const keepingOutSub = {
  Effect: 'Deny',
  Action: '*',
  Condition: { StringNotLike: { [`${GITHUB}:sub`]: 'repo:acme/shop:*' } },
};

const anybody = (
  given: ReturnType<typeof issued> | ReturnType<typeof builtIn>,
  says: string | RegExp = /^IAM role ci can be assumed by any (?!.* of one )[A-Za-z ]+\n/,
) => ({
  given,
  says,
  severity: 'CRITICAL' as const,
});
const tenant = (given: ReturnType<typeof issued> | ReturnType<typeof builtIn>, says: string | RegExp) => ({
  given,
  says,
  severity: 'HIGH' as const,
});

const CIRCLE = 'oidc.circleci.com/org/0d9e4c1a';
const BITBUCKET = 'api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc';
const EKS = 'oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE';

describeCheck(check, {
  ignores: {
    'a role for a service': { identities: identities({ roles: [aRole('app')] }) },
    'a role for a SAML provider': {
      identities: identities({
        roles: [
          aTrustingRole('adfs', [
            letting({ Federated: `arn:aws:iam::${ACCOUNT}:saml-provider/ADFS` }, undefined, { Action: 'sts:*' }),
          ]),
        ],
      }),
    },
    'an issuer that may only tag the session': trusting(GITHUB, [
      letting({ Federated: providerArn(GITHUB) }, undefined, { Action: 'sts:TagSession' }),
    ]),
  },
  passes: {
    'GitHub: one branch of one repository': issued(GITHUB, {
      StringEquals: { ...aud, [`${GITHUB}:sub`]: 'repo:acme/shop:ref:refs/heads/main' },
    }),
    'GitHub: anything of one repository': github('repo:acme/shop:*'),
    'GitHub: one repository by its immutable subject': github('repo:acme@65/shop@7:*'),
    'GitHub: one repository by its name, whatever its ID': github('repo:acme@65/shop@*'),
    'GitHub: one repository by both forms of its subject': github(['repo:acme/shop:*', 'repo:acme@65/shop@7:*']),
    'GitHub: two repositories': github(['repo:acme/shop:*', 'repo:acme/app:environment:prod']),
    'GitHub: the key in other capitalization': issued(GITHUB, {
      stringlike: { [`${GITHUB.toUpperCase()}:SUB`]: 'repo:acme/shop:*' },
    }),
    'GitHub: a subject with a star that StringEquals compares as it is, which no token has': issued(GITHUB, {
      StringEquals: { [`${GITHUB}:sub`]: 'repo:acme/*' },
    }),
    'GitHub: ForAnyValue, which needs the key': issued(GITHUB, {
      'ForAnyValue:StringLike': { [`${GITHUB}:sub`]: 'repo:acme/shop:*' },
    }),
    'GitHub: one repository by its ID': issued(GITHUB, { StringEquals: { [`${GITHUB}:repository_id`]: '123456' } }),
    'GitHub: the organization in one claim, the repository in another': issued(GITHUB, {
      StringLike: { [`${GITHUB}:sub`]: 'repo:acme/*' },
      StringEquals: { [`${GITHUB}:repository`]: 'acme/shop' },
    }),
    'GitHub: a subject built from other claims': github('repository_owner_id:65:repository_id:7:*'),
    'GitHub: a Deny of all other repositories': issued(
      GITHUB,
      { StringEquals: aud },
      keepingOut({ StringNotLike: { [`${GITHUB}:sub`]: 'repo:acme/shop:*' } }),
    ),
    'GitHub: a Deny that names the provider': issued(
      GITHUB,
      { StringEquals: aud },
      { ...keepingOutSub, Principal: { Federated: providerArn(GITHUB) } },
    ),
    'GitHub: a Deny of all other repositories where there is a subject': issued(
      GITHUB,
      { StringEquals: aud },
      keepingOut({ StringNotLike: { [`${GITHUB}:sub`]: 'repo:acme/shop:*' }, Null: { [`${GITHUB}:sub`]: 'false' } }),
    ),
    'GitHub: only a role, which no token is yet': issued(GITHUB, { ArnLike: { 'aws:PrincipalArn': '*' } }),
    'GitHub: any repository, but only from certain addresses': issued(GITHUB, {
      IpAddress: { 'aws:SourceIp': '203.0.113.0/28' },
    }),
    'GitHub: the subject of another issuer, which no token of GitHub has': issued(GITHUB, {
      StringLike: { 'gitlab.com:sub': 'repo:acme/shop:*' },
    }),
    'GitLab: one project': like('gitlab.com', 'project_path:acme/infra/shop:ref_type:branch:ref:main'),
    'Bitbucket: one repository': like(BITBUCKET, '{11111111-2222-3333-4444-555555555555}*:*'),
    'CircleCI: one project': like(CIRCLE, 'org/0d9e4c1a/project/7a1b/*'),
    'Buildkite: one pipeline': like('agent.buildkite.com', 'organization:acme:pipeline:shop:ref:refs/heads/main:*'),
    'HCP Terraform: one workspace': like('app.terraform.io', 'organization:acme:project:*:workspace:shop:run_phase:*'),
    'HCP Terraform: one project': like('app.terraform.io', 'organization:acme:project:prod:*'),
    'EKS: one service account': like(EKS, 'system:serviceaccount:kube-system:external-dns'),
    'EKS: the service accounts of one namespace': like(EKS, 'system:serviceaccount:shop:*'),
    'Google: one application': builtIn('accounts.google.com', { StringEquals: { 'accounts.google.com:aud': '123-abc' } }),
    'Facebook: one application': builtIn('graph.facebook.com', { StringEquals: { 'graph.facebook.com:app_id': '123' } }),
    'Cognito: signed-in users of one pool': builtIn('cognito-identity.amazonaws.com', {
      StringEquals: { 'cognito-identity.amazonaws.com:aud': 'eu-west-1:1111' },
      'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' },
    }),
    'Pulumi Cloud: the organization, which is the audience that the provider accepts': trusting(
      'api.pulumi.com/oidc',
      [letting({ Federated: providerArn('api.pulumi.com/oidc') }, undefined, web)],
      'aws',
      ['aws:acme'],
    ),
    'an unknown issuer, with one of its clients': issued('login.acme.example', {
      StringEquals: { 'login.acme.example:aud': 'aws-admins' },
    }),
  },
  fails: {
    'GitHub: no condition at all': {
      ...anybody(issued(GITHUB)),
      says: /^IAM role ci can be assumed by any GitHub Actions organization\nNo condition on the tokens of token\.actions\.githubusercontent\.com restricts the organization\.$/,
      on: 'ci',
    },
    'GitHub: the audience alone (other tools accept any condition)': anybody(issued(GITHUB, { StringEquals: aud })),
    'GitHub: repo:*': anybody(github('repo:*')),
    'GitHub: *': anybody(github('*')),
    'GitHub: a leading star, which matches repositories of other owners': anybody(github('*acme/shop:*')),
    'GitHub: organizations whose names begin the same': anybody(github('repo:acme*/shop:*')),
    'GitHub: an organization with a one-letter wildcard': anybody(github('repo:acm?/shop:*')),
    'GitHub: an organization by its ID alone': anybody(github('repo:*@65/shop@7:*')),
    'GitHub: organizations whose names begin the same, with an ID': anybody(github('repo:acme*@65/shop@7:*')),
    'GitHub: a repository of any organization': anybody(github('repo:*/shop:ref:refs/heads/main')),
    'GitHub: one restricted subject and one that is not': anybody(github(['repo:acme/shop:*', 'repo:*'])),
    'GitHub: ForAllValues, which a token without the claim meets': anybody(
      issued(GITHUB, { 'ForAllValues:StringLike': { [`${GITHUB}:sub`]: 'repo:acme/shop:*' } }),
    ),
    'GitHub: if the claim exists': anybody(issued(GITHUB, { StringLikeIfExists: { [`${GITHUB}:sub`]: 'repo:acme/shop:*' } })),
    'GitHub: all but one repository': anybody(issued(GITHUB, { StringNotLike: { [`${GITHUB}:sub`]: 'repo:evil/*' } })),
    'GitHub: the actor, which is not a repository': anybody(issued(GITHUB, { StringEquals: { [`${GITHUB}:actor`]: 'ann' } })),
    'GitHub: an environment, which every repository can have': anybody(github('environment:production')),
    'GitHub: sts:*': anybody(trusting(GITHUB, [letting({ Federated: providerArn(GITHUB) }, undefined, { Action: 'sts:*' })])),
    'GitHub: a Deny with a second condition, which others can avoid': anybody(
      issued(
        GITHUB,
        { StringEquals: aud },
        keepingOut({ StringNotLike: { [`${GITHUB}:sub`]: 'repo:acme/shop:*' }, StringEquals: { [`${GITHUB}:ref`]: 'x' } }),
      ),
    ),
    'GitHub: the account of the provider, which every token has': anybody(
      issued(GITHUB, { StringEquals: { ...aud, 'aws:PrincipalAccount': ACCOUNT } }),
    ),
    'GitHub: no ARN, which no token has': anybody(issued(GITHUB, { Null: { 'aws:PrincipalArn': 'true' } })),
    'GitHub: a Deny of {"AWS": "*"}, which names no federated caller': anybody(
      issued(GITHUB, { StringEquals: aud }, { ...keepingOutSub, Principal: { AWS: '*' } }),
    ),
    'GitHub: every repository of the organization': tenant(
      github('repo:acme/*'),
      /^IAM role ci can be assumed by any repository of one GitHub Actions organization\nNo condition on the tokens of token\.actions\.githubusercontent\.com restricts the repository\.$/,
    ),
    'GitHub: every repository of the organization by its immutable subject': tenant(github('repo:acme@65/*'), 'any repository'),
    'GitHub: every repository of the organization by its name, whatever its ID, as a name has no @': tenant(
      github('repo:acme@*'),
      'any repository',
    ),
    'GitHub: a repository behind a wildcard, which a branch of another one can match': tenant(
      github('repo:acme@*/shop@*:*'),
      'any repository',
    ),
    'GitHub: repositories whose names begin the same': tenant(github('repo:acme/shop*'), 'any repository'),
    'GitHub: an organization by a claim of its own': tenant(
      issued(GITHUB, { StringEquals: { [`${GITHUB}:repository_owner_id`]: '65' } }),
      'any repository',
    ),
    'GitHub of an enterprise, the audience alone': tenant(
      issued(`${GITHUB}/acme`, { StringEquals: { [`${GITHUB}/acme:aud`]: 'sts.amazonaws.com' } }),
      'any repository',
    ),
    'GitHub of an enterprise on ghe.com': tenant(issued('token.actions.acme.ghe.com'), 'any repository'),
    'GitLab: the audience, which every job chooses': anybody(
      issued('gitlab.com', { StringEquals: { 'gitlab.com:aud': 'https://gitlab.com' } }),
    ),
    'GitLab: every project of a group': tenant(like('gitlab.com', 'project_path:acme/*'), 'any project of one GitLab group'),
    'Bitbucket: the audience alone': tenant(
      issued(BITBUCKET, { StringEquals: { [`${BITBUCKET}:aud`]: 'ari:cloud:bitbucket::workspace/1' } }),
      'any repository of one Bitbucket Pipelines workspace',
    ),
    'CircleCI: every project': tenant(like(CIRCLE, 'org/0d9e4c1a/project/*'), 'any project of one CircleCI organization'),
    'Buildkite: no subject': anybody(issued('agent.buildkite.com')),
    'Buildkite: every pipeline': tenant(like('agent.buildkite.com', 'organization:acme:*'), 'any pipeline'),
    'HCP Terraform: every organization': anybody(like('app.terraform.io', 'organization:*:project:*:workspace:shop:*')),
    'HCP Terraform: every workspace': tenant(like('app.terraform.io', 'organization:acme:*'), 'any project or workspace'),
    'EKS: the audience alone': tenant(
      issued(EKS, { StringEquals: { [`${EKS}:aud`]: 'sts.amazonaws.com' } }),
      'any namespace of one Amazon EKS cluster',
    ),
    'EKS: every namespace': tenant(like(EKS, 'system:serviceaccount:*:app'), 'any namespace'),
    'Google: every application': anybody(builtIn('accounts.google.com')),
    'Facebook: every application': anybody(builtIn('graph.facebook.com')),
    'Cognito: every pool': anybody(
      builtIn('cognito-identity.amazonaws.com'),
      'can be assumed by any Amazon Cognito identity pool',
    ),
    'Cognito: guests': tenant(
      builtIn('cognito-identity.amazonaws.com', {
        StringEquals: { 'cognito-identity.amazonaws.com:aud': 'eu-west-1:1111' },
        'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'unauthenticated' },
      }),
      'can be assumed by any signed-in or guest user of one Amazon Cognito identity pool',
    ),
    'Pulumi Cloud, whose provider accepts any audience': anybody(
      trusting('api.pulumi.com/oidc', [letting({ Federated: providerArn('api.pulumi.com/oidc') }, undefined, web)], 'aws', []),
    ),
    'Vercel: every team': anybody(
      trusting('oidc.vercel.com', [letting({ Federated: providerArn('oidc.vercel.com') }, undefined, web)], 'aws', []),
    ),
    'Vercel, the issuer of one team: every project': tenant(issued('oidc.vercel.com/acme'), 'any project of one Vercel team'),
    'an issuer that AWS lists as shared': anybody(issued('scalr.io')),
    'an unknown issuer, without any condition': tenant(
      issued('login.acme.example'),
      'any user or client of one OpenID Connect issuer',
    ),
    'a provider that does not exist': {
      given: { ...github('repo:acme/shop:*'), oidcProviders: new Map() },
      says: `IAM role ci trusts an identity provider that does not exist\nA principal that is allowed to create ${providerArn(GITHUB)} controls who can assume the role.`,
      severity: 'HIGH',
    },
    'a provider that does not exist, without a condition: the role cannot be assumed yet': {
      given: { ...github('*'), oidcProviders: new Map() },
      says: /^IAM role ci trusts an identity provider that does not exist\nA principal that .+ No condition on the tokens of .+ restricts the organization\.$/,
      severity: 'HIGH',
    },
    'every repository of one issuer and any application of another, where the worst is the headline': {
      given: issued(
        GITHUB,
        { StringLike: { [`${GITHUB}:sub`]: 'repo:acme/*' } },
        letting({ Federated: 'accounts.google.com' }, undefined, web),
      ),
      says: /^IAM role ci can be assumed by any Google application\nNo condition .+ restricts the application\. No condition .+ restricts the repository\.$/,
      severity: 'CRITICAL',
    },
    'a provider of another account, which AWS ignores': {
      given: trusting(GITHUB, [
        letting(
          { Federated: `arn:aws:iam::555566667777:oidc-provider/${GITHUB}` },
          { StringLike: { [`${GITHUB}:sub`]: 'repo:acme/shop:*' } },
          web,
        ),
      ]),
      says: 'IAM role ci trusts an identity provider that does not exist',
    },
  },
  unknowns: {
    'a provider that could not be collected': {
      given: { oidcProviders: new Map([[providerArn(GITHUB), unavailable('access denied', 'iam:GetOpenIDConnectProvider')]]) },
      says: 'access denied',
      on: GITHUB,
    },
    'a trust policy that cannot be read': {
      given: { identities: identities({ roles: [aRole('ci', { trustPolicy: { Statement: 1 } })] }) },
      says: 'its trust policy cannot be read',
    },
  },
});

describe.each(partitions)('in partition %s', (partition) => {
  const given = (sub: string) =>
    trusting(
      GITHUB,
      [letting({ Federated: providerArn(GITHUB, partition) }, { StringLike: { [`${GITHUB}:sub`]: sub } }, web)],
      partition,
    );
  describeCheck(check, {
    partition,
    passes: { 'one repository': given('repo:acme/shop:*') },
    fails: {
      'every repository of every organization': {
        given: given('repo:*'),
        says: 'can be assumed by any GitHub Actions organization',
        severity: 'CRITICAL',
      },
    },
  });
});
