import { analyze } from '../../lambda/scanner/escalation/analyze.ts';
import { createPlacement } from '../../lambda/scanner/organization/placement.ts';
import type { PrincipalVerdict } from '../../lambda/scanner/model/verdict.ts';
import { ACCOUNT } from '../support/builders.ts';
import { MANAGEMENT, type OrganizationSpec, ROOT, anOrganization, arnOf } from '../support/organization.ts';
import {
  type AccountSpec,
  ADMINISTRATOR,
  type Statement,
  allow,
  deny,
  iam,
  snapshotOf,
  trusts,
  when,
  wordOf,
} from '../escalation/support.ts';

const OU = 'ou-ab12-workunit';
const TEAM = 'ou-ab12-team';
const inTheTeam: OrganizationSpec = { accounts: { [ACCOUNT]: [OU, TEAM] } };

const admin: AccountSpec = { users: { alice: { attached: [ADMINISTRATOR] } } };
const alice = 'user/alice';

function verdictIn(organization: OrganizationSpec, account: AccountSpec = admin, principal = alice): PrincipalVerdict {
  const { snapshot, limits: guardrails } = createPlacement(anOrganization(organization))(snapshotOf(account));
  const access = analyze(snapshot, guardrails);
  const verdict =
    access.status === 'collected'
      ? access.value.get(principal === 'root' ? `arn:aws:iam::${ACCOUNT}:root` : iam(principal))
      : undefined;
  if (verdict === undefined) throw new Error(`there is no ${principal}`);
  return verdict;
}

const scp = (...statements: readonly Statement[]) => ({
  at: (...targets: readonly string[]): OrganizationSpec => ({ ...inTheTeam, scps: { guard: [statements, ...targets] } }),
  alone: (target: string): OrganizationSpec => ({
    ...inTheTeam,
    scps: { guard: [statements, target] },
    withoutFullAccess: [target],
  }),
});

type Case = readonly [organization: OrganizationSpec, verdict: string, account?: AccountSpec, principal?: string];

describe('a service control policy', () => {
  const nothing = deny('*');
  const cases: Readonly<Record<string, Case>> = {
    'that allows everything at every level limits no principal': [inTheTeam, 'admin'],
    'at the root holds in every account': [scp(nothing).at(ROOT), 'none'],
    'at the outer unit holds in the inner one': [scp(nothing).at(OU), 'none'],
    'at the unit holds': [scp(nothing).at(TEAM), 'none'],
    'at the account holds': [scp(nothing).at(ACCOUNT), 'none'],
    'at another unit does not': [scp(nothing).at('ou-ab12-other'), 'admin'],
    'that asks for a boundary which allows everything leaves new roles': [
      scp(deny('iam:CreateRole', '*', when('StringNotEquals', 'iam:PermissionsBoundary', iam('policy/wide')))).at(ACCOUNT),
      'can-become-admin',
      {
        users: { alice: { can: [allow(['iam:CreateRole', 'iam:AttachRolePolicy'])] } },
        policies: { wide: [allow('*')] },
      },
    ],
    'that asks for a boundary which allows little leaves none': [
      scp(deny('iam:CreateRole', '*', when('StringNotEquals', 'iam:PermissionsBoundary', iam('policy/narrow')))).at(ACCOUNT),
      'none',
      {
        users: { alice: { can: [allow(['iam:CreateRole', 'iam:AttachRolePolicy'])] } },
        policies: { narrow: [allow('s3:*')] },
      },
    ],
    'about root by its type holds for root': [
      scp({ ...nothing, ...when('StringEquals', 'aws:PrincipalType', 'Account') }).at(ROOT),
      'none',
      admin,
      'root',
    ],
    'about root by its id holds for root': [
      scp({ ...nothing, ...when('StringEquals', 'aws:userid', ACCOUNT) }).at(ROOT),
      'none',
      admin,
      'root',
    ],
    'about who has no user name holds for root': [
      scp({ ...nothing, ...when('Null', 'aws:username', 'true') }).at(ROOT),
      'none',
      admin,
      'root',
    ],
    'that depends on the network makes root conditional': [
      scp({ ...nothing, ...when('NotIpAddress', 'aws:SourceIp', '192.0.2.0/24') }).at(ROOT),
      'conditional: admin',
      admin,
      'root',
    ],
    'that allows too little at the root is not made up for below': [scp(allow('s3:*')).alone(ROOT), 'none'],
    'that allows too little at the outer unit is not made up for below': [scp(allow('s3:*')).alone(OU), 'none'],
    'that allows too little at the unit is not made up for above': [scp(allow('s3:*')).alone(TEAM), 'none'],
    'that allows too little at the account is not made up for above': [scp(allow('s3:*')).alone(ACCOUNT), 'none'],
    'that allows too little adds to the others of its level': [scp(allow('s3:*')).at(TEAM), 'admin'],
    'that allows enough in place of full access is enough': [scp(allow('*')).alone(TEAM), 'admin'],
    'that denies what no admin needs leaves an admin': [
      scp(deny(['organizations:LeaveOrganization', 'cloudtrail:StopLogging'])).at(ROOT),
      'admin',
    ],
    'that denies new users and keys leaves an admin': [scp(deny(['iam:CreateUser', 'iam:CreateAccessKey'])).at(ROOT), 'admin'],
    'that protects some roles leaves an admin': [scp(deny('iam:*', 'arn:aws:iam::*:role/aws-controltower-*')).at(ROOT), 'admin'],
    'that denies IAM leaves none': [scp(deny('iam:*')).at(ROOT), 'none'],
    'that denies IAM to others than one leaves that one': [
      scp(deny('iam:*', '*', when('ArnNotLike', 'aws:PrincipalArn', iam('user/alice')))).at(ROOT),
      'admin',
    ],
    'that denies what is done in other Regions leaves an admin': [
      scp(deny([], '*', { NotAction: ['iam:*', 'sts:*'], ...when('StringNotEquals', 'aws:RequestedRegion', 'eu-west-1') })).at(
        ROOT,
      ),
      'admin',
    ],
    'that asks for MFA makes it a condition': [
      scp(deny('*', '*', when('BoolIfExists', 'aws:MultiFactorAuthPresent', 'false'))).at(ROOT),
      'conditional: admin',
    ],
    'that holds below a unit knows where the account lies': [
      scp(deny('*', '*', when('ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', `o-exampleorgid/${ROOT}/${OU}/*`))).at(ROOT),
      'none',
    ],
    'that holds below another unit does not hold here': [
      scp(deny('*', '*', when('ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', `o-exampleorgid/${ROOT}/ou-other/*`))).at(ROOT),
      'admin',
    ],
    'of which AWS did not say what is in it is a condition': [
      { ...inTheTeam, scps: { guard: [{ status: 'unavailable', reason: 'access was denied' }, OU] } },
      'conditional: admin',
    ],
    'is not supposed where the policies could not be seen': [
      { ...scp(nothing).at(ROOT), parts: { Policies: undefined } },
      'admin',
    ],
    'is a condition where it is not known which unit the account lies in': [
      { ...scp(nothing).at(OU), parts: { Accounts: [{ Id: ACCOUNT, State: 'ACTIVE' }] } },
      'conditional: admin',
    ],
    'is found by the parents where AWS gives no path': [
      { ...scp(nothing).at(OU), parts: { Accounts: [{ Id: ACCOUNT, State: 'ACTIVE', ParentId: OU }] } },
      'none',
    ],
    'is a condition at a level of which no policy is known': [{ ...inTheTeam, withoutFullAccess: [OU] }, 'conditional: admin'],
    'limits nothing where its type is not switched on': [
      { ...scp(nothing).at(ROOT), parts: { Roots: [{ Id: ROOT, PolicyTypes: [] }] } },
      'admin',
    ],
    'holds where it cannot be seen which types are switched on': [
      { ...scp(nothing).at(ROOT), parts: { Roots: undefined } },
      'none',
    ],
    'is a condition where none is known at any level': [{ ...inTheTeam, parts: { Policies: [] } }, 'conditional: admin'],
    'limits nothing in an Organization for billing only': [
      {
        ...scp(nothing).at(ROOT),
        parts: { Organization: { Id: 'o-exampleorgid', MasterAccountId: MANAGEMENT, FeatureSet: 'CONSOLIDATED_BILLING' } },
      },
      'admin',
    ],
    'limits nothing in the management account': [
      { ...scp(nothing).at(ROOT), parts: { Organization: { Id: 'o-exampleorgid', MasterAccountId: ACCOUNT } } },
      'admin',
    ],
    'limits nothing in an account of another Organization': [{ ...scp(nothing).at(ROOT), parts: { Accounts: [] } }, 'admin'],
    'does not limit a service-linked role': [
      scp(nothing).at(ROOT),
      'admin',
      { roles: { AWSServiceRoleForSSO: { attached: [ADMINISTRATOR], path: '/aws-service-role/sso.amazonaws.com/' } } },
      'role/aws-service-role/sso.amazonaws.com/AWSServiceRoleForSSO',
    ],
    'limits the root user of a member account': [
      scp(deny('*', '*', when('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:root'))).at(ROOT),
      'none',
      {},
      'root',
    ],
    'about root limits no other principal': [
      scp(deny('*', '*', when('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:root'))).at(ROOT),
      'admin',
    ],
    'that root does not fall under leaves it admin': [scp(deny('s3:*')).at(ROOT), 'admin', {}, 'root'],
    'stops a step of a path': [
      scp(deny('iam:PutUserPolicy')).at(ROOT),
      'none',
      { users: { alice: { can: [allow('iam:PutUserPolicy')] } } },
    ],
    'stops the result of a path': [
      scp(deny('iam:*Policy*', '*', when('ArnNotLike', 'aws:PrincipalArn', iam('role/*')))).at(ROOT),
      'none',
      { users: { alice: { can: [allow('iam:AddUserToGroup')] } }, groups: { admins: { attached: [ADMINISTRATOR] } } },
    ],
    'cannot be removed from inside the account': [
      scp(deny('iam:PutUserPolicy'), deny('iam:Attach*')).at(ROOT),
      'none',
      { users: { alice: { can: [allow(['iam:PutUserPolicy', 'iam:DeleteUserPolicy', 'iam:DetachUserPolicy'])] } } },
    ],
  };

  test.each(Object.entries(cases))('%s', (_name, [organization, verdict, account, principal]) => {
    expect(wordOf(verdictIn(organization, account, principal))).toBe(verdict);
  });

  test('that denies is named, with its statement and its level', () => {
    expect(verdictIn(scp(deny('s3:*'), { ...deny('iam:*'), Sid: 'NoIam' }).at(OU)).blockedBy).toContainEqual({
      kind: 'scp',
      text: `Not allowed by the service control policy guard (organizational unit ${OU})`,
      statement: { policy: arnOf('guard'), index: 1, sid: 'NoIam' },
    });
  });

  test('that does not allow is named by its level', () => {
    expect(verdictIn(scp(allow('s3:*')).alone(ACCOUNT)).blockedBy).toContainEqual({
      kind: 'scp',
      text: `Not allowed by the service control policy guard (account account ${ACCOUNT})`,
    });
  });
});

describe('a resource control policy', () => {
  const account: AccountSpec = {
    users: { alice: { can: [allow('sts:AssumeRole')] } },
    roles: { boss: { attached: [ADMINISTRATOR], trust: [trusts({ AWS: `arn:aws:iam::${ACCOUNT}:root` })] } },
  };
  const rcp = (statement: Statement, more: OrganizationSpec = {}): OrganizationSpec => ({
    ...inTheTeam,
    rcps: { perimeter: [[{ ...statement, Principal: '*' }], OU] },
    ...more,
  });
  const saml = iam('saml-provider/corp');
  const bySaml: AccountSpec = {
    users: { alice: { can: [allow('iam:UpdateSAMLProvider')] } },
    roles: {
      boss: { attached: [ADMINISTRATOR], trust: [trusts({ Federated: saml }, { Action: 'sts:AssumeRoleWithSAML' })] },
    },
    samlProviders: [saml],
  };
  const cases: Readonly<Record<string, Case>> = {
    'limits who assumes roles by an assertion': [rcp(deny('sts:AssumeRoleWithSAML')), 'none', bySaml],
    'about who calls directly does not limit who has an assertion': [rcp(deny('sts:AssumeRole')), 'can-become-admin', bySaml],
    'limits who assumes roles of the account': [rcp(deny('sts:AssumeRole')), 'none', account],
    'about some roles limits these': [rcp(deny('sts:*', iam('role/boss'))), 'none', account],
    'about other roles does not': [rcp(deny('sts:*', iam('role/other'))), 'can-become-admin', account],
    'for its own organization allows the accounts of it': [
      rcp(deny('sts:AssumeRole', '*', when('StringNotEqualsIfExists', 'aws:PrincipalOrgID', 'o-exampleorgid'))),
      'can-become-admin',
      account,
    ],
    'for another Organization does not': [
      rcp(deny('sts:AssumeRole', '*', when('StringNotEqualsIfExists', 'aws:PrincipalOrgID', 'o-other'))),
      'none',
      account,
    ],
    'is no matter of IAM, which knows none': [
      rcp(deny('iam:*')),
      'can-become-admin',
      { users: { alice: { can: [allow('iam:PutUserPolicy')] } } },
    ],
    'takes nothing from what a principal may do elsewhere': [rcp(deny('*')), 'admin'],
    'does not limit the management account': [
      rcp(deny('sts:AssumeRole'), { parts: { Organization: { Id: 'o-exampleorgid', MasterAccountId: ACCOUNT } } }),
      'can-become-admin',
      account,
    ],
    'that could not be read is a condition': [
      { ...inTheTeam, rcps: { perimeter: [{ status: 'unavailable', reason: 'access was denied' }, OU] } },
      'conditional: can-become-admin',
      account,
    ],
  };

  test.each(Object.entries(cases))('%s', (_name, [organization, verdict, spec, principal]) => {
    expect(wordOf(verdictIn(organization, spec, principal))).toBe(verdict);
  });
});

describe('the place of an account', () => {
  const placeIn = (parts: OrganizationSpec['parts'] = {}) =>
    createPlacement(anOrganization({ ...inTheTeam, parts }))(snapshotOf(admin)).snapshot.facts.organization;
  const whole = {
    id: 'o-exampleorgid',
    managementAccountId: MANAGEMENT,
    path: `o-exampleorgid/${ROOT}/${OU}/${TEAM}/`,
    administers: [],
    trustedServices: [],
  };
  const without = (left: keyof typeof whole) => Object.fromEntries(Object.entries(whole).filter(([name]) => name !== left));

  test.each([
    ['is told whole', {}, whole],
    [
      'does not tell what the account administers where that was not seen',
      { DelegatedAdministrators: undefined },
      without('administers'),
    ],
    [
      'does not tell which services are trusted where that was not seen',
      { EnabledServicePrincipals: undefined },
      without('trustedServices'),
    ],
  ])('%s', (_name, parts, value) => {
    expect(placeIn(parts)).toEqual({ status: 'collected', value });
  });

  test('is what the account itself returns where the organization did not list its accounts', () => {
    expect(placeIn({ Accounts: undefined })).toEqual(snapshotOf(admin).facts.organization);
  });
});
