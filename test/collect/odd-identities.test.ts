import { checks } from '../../lambda/scanner/checks/index.ts';
import { defaultConfig } from '../../lambda/scanner/config.ts';
import type { Identities } from '../../lambda/scanner/facts/identity.ts';
import { parseSnapshot } from '../../lambda/scanner/facts/snapshot.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { collected } from '../../lambda/scanner/model/observed.ts';
import type { Report } from '../../lambda/scanner/model/report.ts';
import { scan } from '../../lambda/scanner/scan.ts';
import { smallAccount } from '../support/aws/small-account.ts';
import { ACCOUNT, NOW } from '../support/builders.ts';

type Fields = Readonly<Record<string, Json>>;

const arn = (resource: string) => `arn:aws:iam::${ACCOUNT}:${resource}`;
const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';
const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const trust = { Version: '2012-10-17', Statement: [] };

const ann: Fields = { Path: '/', UserName: 'ann', UserId: 'AIDAANN', Arn: arn('user/ann') };
const bob: Fields = { Path: '/', UserName: 'bob', UserId: 'AIDABOB', Arn: arn('user/bob') };
const deploy: Fields = {
  ...{ Path: '/', RoleName: 'deploy', RoleId: 'AROADEPLOY', Arn: arn('role/deploy') },
  AssumeRolePolicyDocument: trust,
};
const own: Fields = {
  ...{ PolicyName: 'own', PolicyId: 'ANPAOWN', Arn: arn('policy/own'), Path: '/', DefaultVersionId: 'v1' },
  PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document: everything }],
};
const attached = { AttachedManagedPolicies: [{ PolicyName: 'own', PolicyArn: arn('policy/own') }] };

const snapshotOf = (details: Fields) => {
  const all = { UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [], ...details };
  return parseSnapshot({ ...smallAccount, facts: { ...smallAccount.facts, identities: collected(all) } });
};

function identitiesOf(details: Fields): Identities {
  const { identities } = snapshotOf(details).facts;
  if (identities.status === 'unavailable') throw new Error(identities.reason);
  return identities.value;
}

const judge = (details: Fields): Report =>
  scan([snapshotOf(details)], { checks, config: defaultConfig, now: NOW, version: '0.0.0' });

const verdicts = (details: Fields) =>
  Object.fromEntries(judge(details).admins.map((admin) => [admin.arn.slice(admin.arn.lastIndexOf('/') + 1), admin.verdict]));

const unread = (details: Fields) =>
  judge(details)
    .findings.filter(({ checkId }) => checkId === 'policy-document-unreadable')
    .map(({ status, message }) => `${status} ${message}`);

const without = (fields: Fields, ...names: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));

describe('a field that no verdict depends on costs nothing', () => {
  const same: Readonly<Record<string, Fields>> = {
    'a null usage count': { Policies: [{ ...own, PermissionsBoundaryUsageCount: null, AttachmentCount: null }] },
    'a count that is a text': { Policies: [{ ...own, PermissionsBoundaryUsageCount: 'none', IsAttachable: 'yes' }] },
    'a policy without a name': { Policies: [without(own, 'PolicyName')] },
    'a policy without an id and a path': { Policies: [{ ...without(own, 'PolicyId'), Path: 5 }] },
    'a version that does not say that it is the default': {
      Policies: [{ ...own, PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: null, Document: everything }] }],
    },
    'a version without an id': { Policies: [{ ...own, PolicyVersionList: [{ IsDefaultVersion: true, Document: everything }] }] },
    'a user with odd dates': { UserDetailList: [{ ...ann, ...attached, CreateDate: 'soon' }, bob] },
    'a user without an ARN': { UserDetailList: [{ ...without(ann, 'Arn'), ...attached }, bob] },
    'a user without a name': { UserDetailList: [{ ...without(ann, 'UserName'), ...attached }, bob] },
    'an attached policy without a name': {
      UserDetailList: [{ ...ann, AttachedManagedPolicies: [{ PolicyName: null, PolicyArn: arn('policy/own') }] }, bob],
    },
  };
  test.each(Object.entries(same))('%s', (_name, odd) => {
    const sound = { UserDetailList: [{ ...ann, ...attached }, bob], Policies: [own] };
    const details = { ...sound, ...odd };
    expect(verdicts(details)).toMatchObject({ ann: 'admin' });
    expect(verdicts(details)).not.toHaveProperty('bob');
    expect(unread(details)).toEqual([]);
    expect(identitiesOf(details)).toMatchObject({
      users: [{ name: 'ann', arn: arn('user/ann'), path: '/' }, { name: 'bob' }],
      policies: [{ name: 'own', arn: arn('policy/own'), path: '/', versions: [{ isDefault: true }] }],
    });
  });
});

describe('an element that cannot be read costs itself, and is named', () => {
  const odd: Readonly<Record<string, readonly [user: Fields, says: RegExp]>> = {
    'an inline policy without document': [
      { UserPolicyList: [{ PolicyName: 'p' }] },
      /inline policy p of .*user\/ann cannot be read/,
    ],
    'an inline policy that is null': [{ UserPolicyList: [null] }, /UserPolicyList\[0\] of .*user\/ann cannot be read/],
    'an attached policy without ARN': [
      { AttachedManagedPolicies: [{ PolicyName: 'own' }] },
      /AttachedManagedPolicies\[0\] \(own\): PolicyArn of .*user\/ann/,
    ],
    'policies that are no list': [{ AttachedManagedPolicies: 5 }, /AttachedManagedPolicies of .*user\/ann/],
    'a group that is a number': [{ GroupList: [5] }, /GroupList\[0\] of .*user\/ann/],
  };
  test.each(Object.entries(odd))('%s: only its user may be more than it seems', (_name, [fields, says]) => {
    const details = {
      UserDetailList: [
        { ...ann, ...fields },
        { ...bob, ...attached },
      ],
      Policies: [own],
    };
    expect(verdicts(details)).toMatchObject({ ann: 'conditional', bob: 'admin' });
    expect(unread(details)).toEqual([expect.stringMatching(says)]);
    expect(unread(details)[0]).toMatch(/^UNKNOWN /);
  });

  test.each<[string, Json, string]>([
    ['null', null, 'UserDetailList[0]'],
    ['a number', 7, 'UserDetailList[0]'],
    ['without name and ARN', { UserId: 'AIDA' }, 'UserDetailList[0]: UserName'],
    ['with an ARN that is none', { Arn: 'x' }, 'UserDetailList[0] (x): UserName'],
  ])('a user that is %s', (_name, user, says) => {
    const details = { UserDetailList: [user, { ...bob, ...attached }], Policies: [own] };
    expect(identitiesOf(details).unread?.[0]).toContain(says.split(':')[0]);
    expect(unread(details)).toEqual([expect.stringContaining(says.split(':')[0] ?? '')]);
    expect(verdicts(details)).toMatchObject({ bob: 'admin' });
  });

  test.each(['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies'])('%s, where the answer lacks it', (list) => {
    expect(unread({ RoleDetailList: [deploy], Policies: [own], [list]: null })).toEqual([expect.stringContaining(list)]);
  });

  test('a permissions boundary without ARN limits all the same', () => {
    const limited = { ...ann, ...attached, PermissionsBoundary: { PermissionsBoundaryType: 'Policy' } };
    expect(verdicts({ UserDetailList: [limited], Policies: [own] })).toMatchObject({ ann: 'conditional' });
  });

  test('a service-linked role is one without its path too', () => {
    const slr = { ...deploy, RoleName: 'x', Arn: arn('role/aws-service-role/x.amazonaws.com/x'), Path: null };
    expect(identitiesOf({ RoleDetailList: [slr] }).roles).toMatchObject([{ path: '/aws-service-role/x.amazonaws.com/' }]);
  });
});

describe('AWS managed policies that decide verdicts are known without their document', () => {
  const holding = (name: string, policy?: Fields) => ({
    UserDetailList: [{ ...ann, AttachedManagedPolicies: [{ PolicyName: name, PolicyArn: `arn:aws:iam::aws:policy/${name}` }] }],
    ...(policy === undefined ? {} : { Policies: [policy] }),
  });
  test.each([
    ['AdministratorAccess', 'admin'],
    ['IAMFullAccess', 'can-become-admin'],
    ['AmazonS3FullAccess', 'conditional'],
  ])('%s: %s', (name, verdict) => {
    expect(verdicts(holding(name))['ann']).toBe(verdict);
  });

  test.each([
    ['PowerUserAccess', false],
    ['AmazonS3FullAccess', true],
  ])('%s, which could not be read, might allow everything: %s', (name, isUnread) => {
    const conditions = judge(holding(name)).admins.flatMap((admin) => admin.conditions.map(({ text }) => text));
    expect(conditions.some((text) => text.includes('could not be read, allows everything'))).toBe(isUnread);
  });

  test.each<[string, Json]>([
    ['null', null],
    ['a list of no version', []],
    ['a version without document', [{ VersionId: 'v1', IsDefaultVersion: true }]],
  ])('and where the answer has %s of it', (_name, versions) => {
    const policy = { PolicyName: 'AdministratorAccess', PolicyId: 'ANPA', Arn: ADMINISTRATOR, PolicyVersionList: versions };
    expect(verdicts(holding('AdministratorAccess', policy))).toMatchObject({ ann: 'admin' });
  });

  test('but a document that the answer has counts, and a policy of the account by that name is not one of AWS', () => {
    const narrow = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] };
    const policy = {
      ...own,
      Arn: ADMINISTRATOR,
      PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document: narrow }],
    };
    expect(verdicts(holding('AdministratorAccess', policy))).not.toHaveProperty('ann');
    const theirs = { PolicyName: 'AdministratorAccess', PolicyArn: arn('policy/AdministratorAccess') };
    expect(verdicts({ UserDetailList: [{ ...ann, AttachedManagedPolicies: [theirs] }] })).toMatchObject({ ann: 'conditional' });
  });
});
