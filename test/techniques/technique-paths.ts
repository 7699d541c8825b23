import { assumeRoleTechniques } from '../../lambda/scanner/techniques/iam/assume-role.ts';
import type { GrantAdminTechnique, Technique } from '../../lambda/scanner/techniques/technique.ts';
import { createIdentityTechniques } from '../../lambda/scanner/techniques/iam/create-identity.ts';
import { credentialTechniques } from '../../lambda/scanner/techniques/iam/credentials.ts';
import { grantAdminTechniques } from '../../lambda/scanner/techniques/iam/grant-admin.ts';
import { existingComputeTechniques } from '../../lambda/scanner/techniques/existing/index.ts';
import { serviceAccountTechniques } from '../../lambda/scanner/techniques/federation/eks-service-accounts.ts';
import { federationTechniques } from '../../lambda/scanner/techniques/federation/identity-providers.ts';
import { identityCenterTechniques } from '../../lambda/scanner/techniques/identity-center/permission-sets.ts';
import type { PassRoleTechnique } from '../../lambda/scanner/techniques/compute-technique.ts';
import { passRoleTechniques } from '../../lambda/scanner/techniques/pass-role-techniques.ts';
import { cdkTechniques } from '../../lambda/scanner/techniques/supply-chain/cdk-assets.ts';
import { scriptTechniques } from '../../lambda/scanner/techniques/supply-chain/scripts.ts';
import type { Compute } from '../../lambda/scanner/facts/compute.ts';
import { aReportedKey } from '../support/builders.ts';
import {
  type AccountSpec,
  ADMINISTRATOR,
  allow,
  awsManaged,
  deny,
  iam,
  type Principal,
  type RoleSpec,
  type Statement,
  trusts,
  type UserSpec,
  when,
} from '../escalation/support.ts';

/**
 * A rule, and the smallest account in which exactly it leads to admin: a user `alice` that may do its actions and nothing else, and
 * whatever it does them to.
 */
export interface Path {
  readonly rule: string;
  readonly actions: readonly string[];
  readonly verdict: string;
  readonly account: (alice: UserSpec, target: Partial<RoleSpec & UserSpec>) => AccountSpec;
  /** Who does it, where it is not alice. */
  readonly principal?: string;
  /** Where alice may do what IAM does to users; everywhere unless said otherwise. */
  readonly users?: string;
  /** Whether the actions are done to something that there is, and not to what alice makes and names itself. */
  readonly onTarget: boolean;
  /** Whether another role than the target does the work, so that the target needs no power. */
  readonly anotherActs?: boolean;
  /** Further accounts in which the path is closed. */
  readonly closed?: Readonly<Record<string, AccountSpec>>;
  /** Further accounts in which the role cannot be passed. */
  readonly notPassed?: Readonly<Record<string, AccountSpec>>;
}

const admin: Principal = { attached: [ADMINISTRATOR] };
/** A user that may do each action, by a statement of its own; actions on users are limited to `users`. */
export const grant = (actions: readonly string[], users = '*'): UserSpec => ({
  can: actions.map((action) => allow(action, /User|AccessKey|LoginProfile/.test(action) ? users : '*')),
});
const become = 'can-become-admin';
const perhaps = 'conditional: can-become-admin';

const toRole =
  (role: RoleSpec, name = 'admin'): Path['account'] =>
  (user, target) => ({
    users: { alice: user },
    roles: { [name]: { ...admin, ...role, ...target } },
  });

/** The same role with other trust policies, to none of which the rule applies. */
const withTrust = (account: Path['account'], actions: readonly string[], trusting: Readonly<Record<string, RoleSpec['trust']>>) =>
  Object.fromEntries(Object.entries(trusting).map(([name, trust]) => [name, account(grant(actions), { trust: trust ?? [] })]));

const rolesAnywhere = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'];

const provider = (service: string): Statement => {
  if (service.startsWith('cognito-identity')) return trusts({ Federated: service }, { Action: 'sts:AssumeRoleWithWebIdentity' });
  return trusts({ Service: service }, service.startsWith('rolesanywhere') ? { Action: rolesAnywhere } : {});
};

/** What a service needs besides sts:AssumeRole, each left out once. */
const withoutOneAction = (service: string): Readonly<Record<string, RoleSpec['trust']>> =>
  service.startsWith('rolesanywhere')
    ? Object.fromEntries(
        rolesAnywhere.map((left) => [
          `the role does not allow the service ${left}`,
          [trusts({ Service: service }, { Action: rolesAnywhere.filter((action) => action !== left) })],
        ]),
      )
    : {};

const mistrust = (service: string): Readonly<Record<string, RoleSpec['trust']>> => ({
  'the role trusts no principal': [],
  'the role trusts another service': ['other.amazonaws.com'],
  'the role trusts the service by the name of an account': [trusts({ AWS: '111122223333' })],
  'the role trusts the service for another account': [
    { ...provider(service), ...when('StringEquals', 'aws:SourceAccount', '999988887777') },
  ],
  'the role trusts the service and denies it': [provider(service), { ...provider(service), Effect: 'Deny' }],
  ...withoutOneAction(service),
});

/** The role that a technique needs besides the one that is passed, as it has to be. */
const secondRole = ({ secondRole: second }: PassRoleTechnique, first: string): RoleSpec | undefined => {
  if (second === undefined) return undefined;
  return second.kind === 'passed' ? { trust: [provider(second.service)] } : { ...admin, trust: [iam(`role/${first}`)] };
};

const withRole =
  (account: Path['account'], name: string, role: RoleSpec): Path['account'] =>
  (user, target) => {
    const { roles, ...rest } = account(user, target);
    return { ...rest, roles: { ...roles, [name]: role } };
  };

function withSecondRole(rule: PassRoleTechnique, account: Path['account'], first = 'admin'): Path['account'] {
  const second = secondRole(rule, first);
  return second === undefined ? account : withRole(account, 'second', second);
}

/** The accounts in which the second role is of no use. */
function withoutSecondRole(rule: PassRoleTechnique, account: Path['account'], actions: readonly string[], first: string) {
  if (rule.secondRole === undefined) return {};
  const elsewhere = withRole(account, 'second', { ...secondRole(rule, first), trust: ['other.amazonaws.com'] });
  const weak = withRole(account, 'second', { trust: [iam(`role/${first}`)] });
  const { roles: { second: _, ...others } = {}, ...rest } = account(grant(actions), {});
  return {
    'there is no second role': { ...rest, roles: others },
    'the second role trusts another service': elsewhere(grant(actions), {}),
    ...(rule.secondRole.kind === 'assumed' ? { 'the second role has no power': weak(grant(actions), {}) } : {}),
  };
}

/** The accounts in which the role of the technique may not be passed. */
function withoutPassing({ actions, secondRole: second }: PassRoleTechnique, account: Path['account']) {
  const calls = actions.map((action) => allow(action));
  const pass = (...more: Parameters<typeof allow> extends [unknown, ...infer Rest] ? Rest : never) =>
    account({ can: [allow('iam:PassRole', ...more), ...calls] }, {});
  return {
    'the role may be passed to another service': pass(
      iam('role/admin'),
      when('StringEquals', 'iam:PassedToService', 'other.amazonaws.com'),
    ),
    'another role may be passed': pass(iam('role/other')),
    ...(second?.kind === 'passed' ? { 'the second role may not be passed': pass(iam('role/admin')) } : {}),
  };
}

const computePaths: readonly Path[] = [
  ...passRoleTechniques.map((rule): Path => {
    const { withoutPassRole: free, existing, retired } = rule;
    const named = free === undefined || free === '*' ? 'admin' : free;
    const actions = free === undefined ? ['iam:PassRole', ...rule.actions] : rule.actions;
    const role = { trust: [provider(rule.service)], profile: rule.instanceProfile ?? false };
    const account = withSecondRole(rule, toRole(role, named), named);
    const withoutProfile: Readonly<Record<string, AccountSpec>> = rule.instanceProfile
      ? { 'the role is in no instance profile': account(grant(actions), { profile: false }) }
      : {};
    return {
      rule: rule.id,
      actions,
      verdict: existing === undefined && !retired ? become : perhaps,
      account,
      onTarget: false,
      anotherActs: rule.secondRole?.kind === 'assumed',
      closed: {
        ...withTrust(account, actions, mistrust(rule.service)),
        ...withoutSecondRole(rule, account, actions, named),
        ...(named === 'admin' ? {} : { 'the role has another name': withSecondRole(rule, toRole(role))(grant(actions), {}) }),
        ...(free === undefined ? {} : withoutProfile),
      },
      ...(free === undefined ? { notPassed: { ...withoutPassing(rule, account), ...withoutProfile } } : {}),
    };
  }),
  ...existingComputeTechniques.map((rule): Path => {
    const account = toRole({ trust: [provider(rule.service)] });
    return {
      rule: rule.id,
      actions: rule.actions,
      verdict: perhaps,
      account,
      onTarget: false,
      closed: withTrust(account, rule.actions, mistrust(rule.service)),
    };
  }),
];

const unknownPath = (service: string, action: string, more: Partial<Path> = {}): Path => {
  const actions = ['iam:PassRole', action];
  const account = toRole({ trust: [provider(service)] });
  const only = (condition: readonly [string, string]) =>
    account({ can: [allow('iam:PassRole', iam('role/admin'), when('StringEquals', ...condition)), allow(action)] }, {});
  return {
    rule: 'pass-role-to-unknown-use',
    actions,
    verdict: perhaps,
    account,
    onTarget: false,
    closed: withTrust(account, actions, mistrust(service)),
    notPassed: { 'the role may be passed to another service': only(['iam:PassedToService', 'ec2.amazonaws.com']) },
    ...more,
  };
};

/** A service that is in no table, and an action that takes a role and is not judged. */
const unknownPaths: readonly Path[] = [
  unknownPath('newservice.amazonaws.com', 'newservice:CreateThing', {
    closed: {
      'the principal may only read': toRole({ trust: ['newservice.amazonaws.com'] })(
        grant(['iam:PassRole', 'newservice:List*']),
        {},
      ),
      'the principal may do nothing in the service': toRole({ trust: ['newservice.amazonaws.com'] })(grant(['iam:PassRole']), {}),
      'the service is known to take no role': toRole({ trust: ['polly.amazonaws.com'] })(grant(['iam:PassRole', 'polly:*']), {}),
    },
  }),
  unknownPath('agents.newservice.amazonaws.com', 'newservice:*'),
  unknownPath('securityagent.amazonaws.com', 'securityagent:CreatePentest'),
  unknownPath('lambda.amazonaws.com', 'lambda:CreateWebFunction'),
];

const executionRole = 'cdk-hnb659fds-cfn-exec-role-111122223333-eu-west-1';
const cdkRole =
  (name: string, role: RoleSpec = {}): Path['account'] =>
  (user, target) => ({
    users: { alice: user },
    roles: { [name]: { ...admin, trust: [provider('cloudformation.amazonaws.com')], ...role, ...target } },
  });
const putsInto = (bucket: string): UserSpec => ({ can: [allow('s3:PutObject', `arn:aws:s3:::${bucket}/*`)] });

/** What an admin role deploys, written by someone else. */
const cdkPaths: readonly Path[] = cdkTechniques.map(({ id, actions }) => ({
  rule: id,
  actions,
  verdict: perhaps,
  account: cdkRole(executionRole),
  onTarget: false,
  closed: {
    'the role has a boundary': cdkRole(executionRole, { boundary: 'reader' })(grant(actions), {}),
    ...withTrust(cdkRole(executionRole), actions, mistrust('cloudformation.amazonaws.com')),
    'the role has no power': cdkRole(executionRole, { attached: [], can: [allow('s3:GetObject')] })(grant(actions), {}),
    'the role is not one of the CDK': cdkRole('admin')(grant(actions), {}),
    'the bucket is another one': cdkRole(executionRole)(putsInto('backups'), {}),
    'the bucket belongs to another Region': cdkRole(executionRole)(putsInto('cdk-hnb659fds-assets-111122223333-us-east-1'), {}),
  },
}));

/** Compute whose code is in S3, by technique. */
const scripted: Readonly<Record<string, Omit<Compute, 'roleArn'>>> = {
  'glue-replace-script': { kind: 'glue-job', arn: 'arn:aws:glue:eu-west-1:111122223333:job/nightly', code: 's3://scripts/n.py' },
  'codebuild-replace-source': {
    kind: 'codebuild-project',
    arn: 'arn:aws:codebuild:eu-west-1:111122223333:project/nightly',
    code: 's3://scripts/source.zip',
  },
};

/** What compute with an admin role runs, written by someone else. */
const scriptPaths: readonly Path[] = scriptTechniques.map(({ id, actions, service = '' }) => {
  const item = scripted[id];
  if (item === undefined) throw new Error(`there is no compute for ${id}`);
  const account =
    (some: Partial<Compute> = {}): Path['account'] =>
    (user, target) => ({
      ...toRole({ trust: [provider(service)] })(user, target),
      compute: { kinds: [item.kind], items: [{ ...item, roleArn: iam('role/admin'), ...some }] },
    });
  return {
    rule: id,
    actions,
    verdict: perhaps,
    account: account(),
    onTarget: false,
    closed: {
      ...withTrust(account(), actions, mistrust(service)),
      'the code is in another bucket': account()(putsInto('backups'), {}),
      'the code is another object': account()({ can: [allow('s3:PutObject', 'arn:aws:s3:::scripts/other/*')] }, {}),
      'it is not known where the code is': account({ code: undefined })(grant(actions), {}),
      'the code is not in S3': account({ code: 'https://github.com/acme/shop' })(grant(actions), {}),
      'it runs with another role': account({ roleArn: iam('role/app') })(grant(actions), {}),
      'no inventory was taken': toRole({ trust: [provider(service)] })(grant(actions), {}),
    },
  };
});

const saml = iam('saml-provider/idp');
const oidc = iam('oidc-provider/token.example.com');

const find = <M extends Technique>(rules: readonly M[], id: string): M => {
  const rule = rules.find((candidate) => candidate.id === id);
  if (rule === undefined) throw new Error(`there is no rule ${id}`);
  return rule;
};

/** A path of one of the techniques. */
const path = (rules: readonly Technique[], id: string, account: Path['account'], more: Partial<Path> = {}): Path => {
  const { actions } = find(rules, id);
  return { rule: id, actions, verdict: become, account, onTarget: true, ...more };
};

const toFederatedRole =
  (trust: Statement, providers: Partial<AccountSpec>): Path['account'] =>
  (user, target) => ({
    ...toRole({ trust: [trust] })(user, target),
    ...providers,
  });
const trustsSaml = trusts({ Federated: saml }, { Action: 'sts:AssumeRoleWithSAML' });
const trustsOidc = trusts({ Federated: oidc }, { Action: 'sts:AssumeRoleWithWebIdentity' });

const clusterProvider = iam('oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71');
const trustsCluster = trusts({ Federated: clusterProvider }, { Action: 'sts:AssumeRoleWithWebIdentity' });
const becomesAdministrator: UserSpec = { can: [allow(['eks:CreateAccessEntry', 'eks:AssociateAccessPolicy'])] };

/** A service account of a cluster, whose administrator alice can become. */
const serviceAccountPaths: readonly Path[] = [
  path(serviceAccountTechniques, 'eks-create-access-entry-service-account', toRole({ trust: [trustsCluster] }), {
    verdict: perhaps,
    onTarget: false,
    closed: {
      'the role trusts no cluster': toRole({ trust: [trustsOidc] })(becomesAdministrator, {}),
      'the role allows another action': toRole({ trust: [{ ...trustsCluster, Action: 'sts:TagSession' }] })(
        becomesAdministrator,
        {},
      ),
      'the role trusts the cluster and denies it': toRole({ trust: [trustsCluster, { ...trustsCluster, Effect: 'Deny' }] })(
        becomesAdministrator,
        {},
      ),
      'the cluster is in another Region': toRole({ trust: [trustsCluster] })(
        {
          can: [
            {
              ...allow(['eks:CreateAccessEntry', 'eks:AssociateAccessPolicy']),
              ...when('StringEquals', 'aws:RequestedRegion', 'us-east-1'),
            },
          ],
        },
        {},
      ),
      'there is no cluster': {
        ...toRole({ trust: [trustsCluster] })(becomesAdministrator, {}),
        compute: { kinds: ['eks-cluster'], items: [] },
      },
    },
  }),
];

const rolePaths: readonly Path[] = [
  path(assumeRoleTechniques, 'assume-role', toRole({ trust: [iam('root')] }), {
    closed: withTrust(toRole({}), ['sts:AssumeRole'], {
      'the role trusts no principal': [],
      'the role trusts another user': [iam('user/bob')],
      'the role trusts another account': ['999988887777'],
      'the role trusts the account and denies it': [iam('root'), trusts({ AWS: iam('root') }, { Effect: 'Deny' })],
    }),
  }),
  path(assumeRoleTechniques, 'update-trust-policy', toRole({})),
  path(federationTechniques, 'update-saml-provider', toFederatedRole(trustsSaml, { samlProviders: [saml] }), {
    closed: {
      'the role trusts another provider': toFederatedRole(trusts({ Federated: `${saml}2` }), { samlProviders: [saml] })(
        { can: [allow('iam:UpdateSAMLProvider', saml)] },
        {},
      ),
    },
  }),
  path(federationTechniques, 'create-saml-provider', toFederatedRole(trustsSaml, { samlProviders: [] }), {
    closed: {
      'the provider exists': toFederatedRole(trustsSaml, { samlProviders: [saml] })(grant(['iam:CreateSAMLProvider']), {}),
    },
  }),
  path(federationTechniques, 'create-oidc-provider', toFederatedRole(trustsOidc, { oidcProviders: [] }), {
    verdict: perhaps,
    closed: {
      'the provider exists': toFederatedRole(trustsOidc, { oidcProviders: [oidc] })(
        grant(['iam:CreateOpenIDConnectProvider']),
        {},
      ),
    },
  }),
  ...['add-client-id-to-oidc-provider', 'update-oidc-provider-thumbprint'].map((id) =>
    path(federationTechniques, id, toFederatedRole(trustsOidc, { oidcProviders: [oidc] }), {
      verdict: perhaps,
      closed: {
        'the provider is gone': toFederatedRole(trustsOidc, { oidcProviders: [] })(
          grant(find(federationTechniques, id).actions),
          {},
        ),
      },
    }),
  ),
];

const toUser =
  (report: UserSpec['report']): Path['account'] =>
  (user, target) => ({ users: { admin: { ...admin, ...(report ? { report } : {}), ...target }, alice: user } });
const oneKey = [aReportedKey(), aReportedKey({ active: false, lastRotated: 'never' })] as const;
const twoKeys = [aReportedKey(), aReportedKey()] as const;

const credentialPaths: readonly Path[] = [
  path(credentialTechniques, 'create-access-key', toUser({ keys: oneKey }), {
    closed: { 'the user has two keys': toUser({ keys: twoKeys })(grant(['iam:CreateAccessKey']), {}) },
  }),
  path(credentialTechniques, 'replace-access-key', toUser({ keys: twoKeys })),
  path(credentialTechniques, 'create-login-profile', toUser({ passwordEnabled: false }), {
    closed: {
      'the user has a password': toUser({ passwordEnabled: true })(grant(['iam:CreateLoginProfile']), {}),
      'the user has an MFA device': toUser({ mfaActive: true })(grant(['iam:CreateLoginProfile']), {}),
    },
  }),
  path(credentialTechniques, 'update-login-profile', toUser({ passwordEnabled: true }), {
    closed: {
      'the user has no password': toUser({ passwordEnabled: false })(grant(['iam:UpdateLoginProfile']), {}),
      'the user has an MFA device': toUser({ passwordEnabled: true, mfaActive: true })(grant(['iam:UpdateLoginProfile']), {}),
    },
  }),
];

/** The setting: of the holder (alice, or the target of her grant) and of the account. */
interface Setting {
  readonly holder?: UserSpec & RoleSpec;
  readonly account?: AccountSpec;
}

const fiveVersions = [1, 2, 3, 4, 5].map(() => [allow('s3:*')]);
const inTeam: Setting = { holder: { groups: ['team'] }, account: { groups: { team: {} } } };
const mine = (versions: readonly (readonly Statement[])[]): Setting => ({
  holder: { attached: ['mine'] },
  account: { policies: { mine: { versions } } },
});
const ofTeamPolicy = { 'the user is in no group': { account: { groups: { team: {} } } } };

/** What each grant-admin technique needs, and settings in which it leads nowhere. */
const grantAdminSettings: Readonly<
  Record<string, { readonly open: Setting; readonly closed: Readonly<Record<string, Setting>> }>
> = {
  'put-user-policy': { open: {}, closed: {} },
  'attach-user-policy': { open: {}, closed: {} },
  'put-role-policy': { open: {}, closed: { 'the role is of AWS': { holder: { path: '/aws-reserved/sso.amazonaws.com/' } } } },
  'attach-role-policy': {
    open: {},
    closed: { 'the role is of AWS': { holder: { path: '/aws-service-role/x.amazonaws.com/' } } },
  },
  'put-group-policy': { open: inTeam, closed: ofTeamPolicy },
  'attach-group-policy': { open: inTeam, closed: ofTeamPolicy },
  'add-user-to-group': {
    open: { account: { groups: { admins: { attached: [ADMINISTRATOR] } } } },
    closed: {
      'the group has no power': { account: { groups: { readers: { can: [allow('s3:Get*')] } } } },
      'the group also denies IAM': { account: { groups: { admins: { can: [allow('*'), deny('iam:*')] } } } },
    },
  },
  'create-group': { open: {}, closed: { 'the user has a boundary': { holder: { boundary: 'reader' } } } },
  'create-policy-version': {
    open: mine([[allow('s3:*')]]),
    closed: {
      'the policy is not attached': { account: { policies: { mine: [allow('s3:*')] } } },
      'the policy has five versions': mine(fiveVersions),
      'the policy is of AWS': { holder: { attached: [awsManaged('PowerUserAccess')] } },
    },
  },
  'set-default-policy-version': {
    open: mine([[allow('s3:*')], [allow('*')]]),
    closed: {
      'the policy has one version': mine([[allow('s3:*')]]),
      'the other version grants no more': mine([[allow('s3:*')], [allow('s3:Get*')]]),
      'the other version also denies IAM': mine([[allow('s3:*')], [allow('*'), deny('iam:*')]]),
      'the policy is not attached': { account: { policies: { mine: { versions: [[allow('s3:*')], [allow('*')]] } } } },
    },
  },
};

/** A grant-admin technique on the principal itself, or on an identity that alice cannot act as. */
function grantAdminPath(
  rule: GrantAdminTechnique,
  { open, closed }: { open: Setting; closed: Readonly<Record<string, Setting>> },
  target: string,
): Path {
  // A principal that may write to every user writes to itself.
  const users = target === 'bob' && rule.id.endsWith('user-policy') ? iam('user/bob') : '*';
  const place =
    ({ holder = {}, account = {} }: Setting): Path['account'] =>
    (user, more) => {
      if (target === 'alice') return { ...account, users: { alice: { ...holder, ...user, ...more } } };
      const other = { ...holder, ...more };
      return target === 'bob'
        ? { ...account, users: { alice: user, bob: other } }
        : { ...account, users: { alice: user }, roles: { app: { trust: ['ec2.amazonaws.com'], ...other } } };
    };
  return {
    rule: rule.id,
    actions: rule.actions,
    verdict: target === 'alice' ? become : 'can-grant-admin',
    account: place(open),
    users,
    onTarget: true,
    closed: Object.fromEntries(
      Object.entries(closed).map(([name, setting]) => [name, place(setting)(grant(rule.actions, users), {})]),
    ),
  };
}

const grantAdminPaths: readonly Path[] = Object.entries(grantAdminSettings).flatMap(([id, settings]) => {
  const rule = find(grantAdminTechniques, id);
  if (id.includes('role')) return [grantAdminPath(rule, settings, 'app')];
  // A principal that may add users to a group adds itself.
  if (id === 'create-group')
    return ['iam:AttachGroupPolicy', 'iam:PutGroupPolicy'].map((fill): Path => ({
      ...grantAdminPath({ ...rule, actions: ['iam:CreateGroup', fill, 'iam:AddUserToGroup'] }, settings, 'alice'),
      onTarget: false,
    }));
  if (id === 'add-user-to-group') return [grantAdminPath(rule, settings, 'alice')];
  const targets = id.endsWith('version') ? ['alice', 'bob', 'app'] : ['alice', 'bob'];
  return targets.map((target) => grantAdminPath(rule, settings, target));
});

/** A boundary deleted from an identity that is admin without it. */
const boundaryPaths: readonly Path[] = grantAdminTechniques
  .filter(({ id }) => id.endsWith('-permissions-boundary'))
  .map((rule) =>
    grantAdminPath(
      rule,
      {
        open: { holder: { ...admin, boundary: 'reader' } },
        closed: { 'there is nothing behind the boundary': { holder: { can: [allow('s3:*')], boundary: 'reader' } } },
      },
      rule.id.includes('role') ? 'app' : 'bob',
    ),
  );

/** The trust policy of an admin role, written by a user that may assume none. */
const sharePaths: readonly Path[] = [
  path(grantAdminTechniques, 'share-admin-role', (user, target) => toRole({})(without(user, 'sts:*'), target), {
    verdict: 'can-grant-admin',
  }),
];

const without = (user: UserSpec, action: string): UserSpec => ({ ...user, can: [...(user.can ?? []), deny(action)] });

const nothingElse: Path['account'] = (user) => ({ users: { alice: user } });

/** New identities; the rules list alternatives, of which each path takes some. */
const creationPaths: readonly Path[] = [
  ...['iam:AttachRolePolicy', 'iam:PutRolePolicy'].map((empower) =>
    path(createIdentityTechniques, 'create-admin-role', nothingElse, { actions: ['iam:CreateRole', empower], onTarget: false }),
  ),
  ...['iam:AttachUserPolicy', 'iam:PutUserPolicy'].flatMap((empower) =>
    ['iam:CreateAccessKey', 'iam:CreateLoginProfile'].map((entry) =>
      path(createIdentityTechniques, 'create-admin-user', nothingElse, {
        actions: ['iam:CreateUser', empower, entry],
        users: iam('user/new-*'),
        onTarget: false,
      }),
    ),
  ),
  ...['iam:CreateAccessKey', 'iam:CreateLoginProfile'].map((entry) =>
    path(
      createIdentityTechniques,
      'create-user-in-admin-group',
      (role) => ({ roles: { deploy: role }, groups: { admins: { attached: [ADMINISTRATOR] } } }),
      { actions: ['iam:CreateUser', 'iam:AddUserToGroup', entry], principal: 'role/deploy', onTarget: false },
    ),
  ),
];

const identityCenterPaths: readonly Path[] = identityCenterTechniques.map(({ id }) =>
  path(identityCenterTechniques, id, (user) => ({ users: { alice: user }, maybeInOrganization: true }), {
    verdict: perhaps,
    onTarget: false,
    closed: { 'the account is in no Organization': nothingElse(grant(find(identityCenterTechniques, id).actions), {}) },
  }),
);

/** Every rule, with an account in which it leads to admin. */
export const rulePaths: readonly Path[] = [
  ...computePaths,
  ...unknownPaths,
  ...cdkPaths,
  ...scriptPaths,
  ...rolePaths,
  ...serviceAccountPaths,
  ...credentialPaths,
  ...grantAdminPaths,
  ...boundaryPaths,
  ...sharePaths,
  ...creationPaths,
  ...identityCenterPaths,
];
