/** What the value of a claim must look like to restrict the token. The value can contain wildcards, and ends with a colon. */
interface Scope {
  /** It identifies whose token it is: the organization, the group, the application. */
  readonly tenant?: RegExp;
  /** It also identifies the project of the tenant: the repository, the pipeline, the namespace. */
  readonly project?: RegExp;
}

/** An issuer of OpenID Connect tokens, and the claims that tell whose they are. */
export interface OidcIssuer {
  readonly name: string;
  /** The issuer without `https://`. Its condition keys begin with the same text. */
  readonly url: RegExp;
  /** Whether all its customers share one issuer URL, so that only claims tell them apart. */
  readonly isShared: boolean;
  /** How a sentence names the tenant and, if its tokens tell them apart, its projects. */
  readonly tenant: string;
  readonly project?: string;
  readonly claims: Readonly<Record<string, Scope>>;
  /** Where the issuer documents its claims. */
  readonly docs: string;
}

const whole = /^[^*?]+:$/;
const tenantOnly: Scope = { tenant: whole };
const both: Scope = { tenant: whole, project: whole };

// The owner of a repository can build the subject from other claims: https://docs.github.com/en/actions/reference/security/oidc
// Repositories made or renamed since July 2026 have IDs in their subject, `repo:acme@65/shop@7:…`. A name has no `@`, so `acme@` ends it.
// https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens/
const github = {
  tenant: 'organization',
  project: 'repository',
  claims: {
    sub: {
      tenant:
        /^(?:[^*?]*:)?(?:(?:repo|repository|job_workflow_ref):(?:[^:/*?]+\/|[^:/*?@]+@)|(?:repository_owner|enterprise)(?:_id)?:[^:*?]+:|repository_id:[^:*?]+:)/,
      project:
        /^(?:[^*?]*:)?(?:(?:repo|repository):[^:/*?]+\/(?:[^:/*?]+:|[^:/*?@]+@)|job_workflow_ref:[^:/*?]+\/[^:/*?]+\/|repository_id:[^:*?]+:)/,
    },
    repository: { tenant: /^[^/*?]+\//, project: /^[^/*?]+\/[^/*?]+:$/ },
    job_workflow_ref: { tenant: /^[^/*?]+\//, project: /^[^/*?]+\/[^/*?]+\// },
    repository_id: both,
    repository_owner: tenantOnly,
    repository_owner_id: tenantOnly,
    enterprise: tenantOnly,
    enterprise_id: tenantOnly,
  },
  docs: 'https://docs.github.com/en/actions/reference/security/oidc',
} as const;

const vercel = {
  name: 'Vercel',
  tenant: 'team',
  project: 'project',
  claims: { aud: tenantOnly, sub: { tenant: /^owner:[^:*?]+:/, project: /^owner:[^:*?]+:project:[^:*?]+:/ } },
  docs: 'https://vercel.com/docs/oidc/reference',
} as const;

const terraform: Scope = { tenant: /^organization:[^:*?]+:/, project: /^organization:[^:*?]+:.*(?:project|workspace):[^:*?]+:/ };

// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html lists the shared issuers.
const AWS_DOCS = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html';
const WEB_DOCS = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif';

const issuers: readonly OidcIssuer[] = [
  { ...github, name: 'GitHub Actions', url: /^(?:vs)?token\.actions\.githubusercontent\.com$/, isShared: true },
  { ...github, name: 'GitHub Enterprise', url: /^token\.actions\.githubusercontent\.com\/./, isShared: false },
  { ...github, name: 'GitHub Enterprise', url: /^token\.actions\.[^./]+\.ghe\.com(?:\/|$)|\/_services\/token$/, isShared: false },
  {
    name: 'GitLab',
    url: /^gitlab\.com$/,
    isShared: true,
    tenant: 'group',
    project: 'project',
    claims: { sub: { tenant: /^project_path:[^/:*?]+\//, project: /^project_path:[^:*?]+:/ } },
    docs: 'https://docs.gitlab.com/ci/secrets/id_token_authentication/',
  },
  {
    name: 'Bitbucket Pipelines',
    url: /^api\.bitbucket\.org\/2\.0\/workspaces\//,
    isShared: false,
    tenant: 'workspace',
    project: 'repository',
    claims: { sub: { project: /^\{[^}*?]+\}/ } },
    docs: 'https://support.atlassian.com/bitbucket-cloud/docs/integrate-pipelines-with-resource-servers-using-oidc/',
  },
  {
    name: 'CircleCI',
    url: /^oidc\.circleci\.com\/org\/./,
    isShared: false,
    tenant: 'organization',
    project: 'project',
    claims: { sub: { project: /^org\/[^/*?]+\/project\/[^/*?]+[/:]/ }, 'oidc.circleci.com/project-id': both },
    docs: 'https://circleci.com/docs/openid-connect-tokens/',
  },
  {
    name: 'Buildkite',
    url: /^agent\.buildkite\.com$/,
    isShared: true,
    tenant: 'organization',
    project: 'pipeline',
    claims: { sub: { tenant: /^organization:[^:*?]+:/, project: /^organization:[^:*?]+:pipeline:[^:*?]+:/ } },
    docs: 'https://buildkite.com/docs/pipelines/security/oidc',
  },
  {
    name: 'HCP Terraform',
    url: /^app\.(?:eu\.)?terraform\.io$/,
    isShared: true,
    tenant: 'organization',
    project: 'project or workspace',
    claims: { sub: terraform },
    docs: 'https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/aws-configuration',
  },
  {
    name: 'Google',
    url: /^accounts\.google\.com$/,
    isShared: true,
    tenant: 'application',
    claims: { aud: tenantOnly, sub: tenantOnly, email: tenantOnly },
    docs: WEB_DOCS,
  },
  {
    name: 'Facebook',
    url: /^graph\.facebook\.com$/,
    isShared: true,
    tenant: 'application',
    claims: { app_id: tenantOnly, id: tenantOnly },
    docs: WEB_DOCS,
  },
  {
    name: 'Login with Amazon',
    url: /^www\.amazon\.com$/,
    isShared: true,
    tenant: 'application',
    claims: { app_id: tenantOnly, user_id: tenantOnly },
    docs: WEB_DOCS,
  },
  {
    name: 'Amazon Cognito',
    url: /^cognito-identity[\w.-]*\.amazonaws\.com(?:\.cn)?$/,
    isShared: true,
    tenant: 'identity pool',
    project: 'signed-in or guest user',
    claims: { aud: tenantOnly, sub: both, amr: { project: /^(?!unauthenticated:)[^*?]+:$/ } },
    docs: 'https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html',
  },
  {
    name: 'Amazon EKS',
    url: /^oidc\.eks[\w-]*\.[a-z0-9-]+\.[a-z.]+\/id\//,
    isShared: false,
    tenant: 'cluster',
    project: 'namespace',
    claims: { sub: { project: /^system:serviceaccount:[^:*?]+:/ } },
    docs: 'https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html',
  },
  { ...vercel, url: /^oidc\.vercel\.com$/, isShared: true },
  { ...vercel, url: /^oidc\.vercel\.com\/./, isShared: false },
  {
    name: 'Pulumi Cloud',
    url: /^api\.pulumi\.com\/oidc$/,
    isShared: true,
    tenant: 'organization',
    claims: { aud: tenantOnly },
    docs: AWS_DOCS,
  },
  {
    name: 'shared OIDC',
    url: /^(?:oidc\.codefresh\.io|scalr\.io|studio\.datachain\.ai\/api|tokens\.cloud\.shisho\.dev|proidc\.upbound\.io|oidc-configuration\.audit-log\.githubusercontent\.com)$/,
    isShared: true,
    tenant: 'tenant',
    claims: { sub: { tenant: /^[^*?]{4}/ } },
    docs: AWS_DOCS,
  },
];

const fixed: Scope = { project: /^[^*?]/ };

/** Any other issuer. It is assumed to belong to the owner of the account; only whether some claim is required can be judged. */
const another: OidcIssuer = {
  name: 'OpenID Connect',
  url: /./,
  isShared: false,
  tenant: 'issuer',
  project: 'user or client',
  claims: { sub: fixed, aud: fixed, amr: fixed, azp: fixed, email: fixed, groups: fixed },
  docs: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc.html',
};

/** The issuer of this URL (without `https://`), or a stand-in for unknown issuers. */
export const issuerOf = (url: string): OidcIssuer => issuers.find((issuer) => issuer.url.test(url)) ?? another;
