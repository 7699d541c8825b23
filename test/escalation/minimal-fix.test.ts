import { minimalStatementsToRemove } from '../../lambda/scanner/escalation/explain/minimal-fix.ts';
import { statementsOf, withoutStatements } from '../../lambda/scanner/escalation/explain/path-statements.ts';
import type { Identities } from '../../lambda/scanner/facts/identity.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { collected } from '../../lambda/scanner/model/observed.ts';
import { analyze } from '../../lambda/scanner/escalation/analyze.ts';
import { type AccountSpec, ADMINISTRATOR, allow, awsManaged, deny, documentOf, iam, judge, snapshotOf, when } from './support.ts';

const identitiesOf = (spec: AccountSpec): Identities => {
  const { identities } = snapshotOf(spec).facts;
  if (identities.status === 'unavailable') throw new Error(identities.reason);
  return identities.value;
};

/** Where the statements of a cut stand: holder, policy and place, with the account's own names. */
const cutOf = (spec: AccountSpec, principal: string): readonly string[] | undefined =>
  minimalStatementsToRemove(snapshotOf(spec), identitiesOf(spec), iam(principal))?.map(
    ({ holder, policy, index }) => `${short(holder)} | ${short(policy)} | ${index}`,
  );

const short = (text: string) => text.replaceAll(iam(''), '');

const adminRole = { attached: [ADMINISTRATOR], trust: [iam('user/alice')] };
const fiveWays = ['iam:PutUserPolicy', 'iam:AttachUserPolicy', 'iam:PutGroupPolicy', 'iam:AttachGroupPolicy', 'sts:AssumeRole'];

describe('the smallest set of statements without which a principal has come down', () => {
  interface Cut {
    readonly account: AccountSpec;
    readonly principal?: string;
    readonly without: readonly string[] | undefined;
  }
  const cases: Readonly<Record<string, Cut>> = {
    'the one statement of an inline policy that matters': {
      account: { users: { alice: { can: [allow('s3:GetObject'), allow('iam:PutUserPolicy')] } } },
      without: ['user/alice | inline:own | 1'],
    },
    'a statement that is not in a list': {
      account: { users: { alice: { inline: { lone: { Version: '2012-10-17', Statement: allow('*') } } } } },
      without: ['user/alice | inline:lone | 0'],
    },
    'a statement of a policy of a group': {
      account: { users: { alice: { groups: ['ops'] } }, groups: { ops: { can: [allow('iam:PutUserPolicy')] } } },
      without: ['group/ops | inline:own | 0'],
    },
    'a statement of a group’s policy that is called as one of the user’s own': {
      account: {
        users: { alice: { can: [allow('s3:GetObject')], groups: ['ops'] } },
        groups: { ops: { can: [allow('iam:PutUserPolicy')] } },
      },
      without: ['group/ops | inline:own | 0'],
    },
    'a statement of one of two groups whose policies are called the same': {
      account: {
        users: { alice: { groups: ['dev', 'ops'] } },
        groups: { dev: { can: [allow('s3:GetObject')] }, ops: { can: [allow('iam:PutUserPolicy')] } },
      },
      without: ['group/ops | inline:own | 0'],
    },
    'a statement of a managed policy, of the version in force': {
      account: {
        users: { alice: { attached: ['power'] } },
        policies: { power: { versions: [[allow('s3:*'), allow('*')], [allow('ec2:*')]] } },
      },
      without: ['policy/power | policy/power | 1'],
    },
    'a statement of one of AWS’s own policies': {
      account: { users: { alice: { attached: [ADMINISTRATOR] } } },
      without: [`${ADMINISTRATOR} | ${ADMINISTRATOR} | 0`],
    },
    'the statement of a trust policy, of a user that may do nothing by itself': {
      account: { users: { alice: {} }, roles: { admin: adminRole } },
      without: ['role/admin | trust:role/admin | 0'],
    },
    'a statement of a role': {
      account: { roles: { deploy: { can: [allow('iam:PutRolePolicy')] } } },
      principal: 'role/deploy',
      without: ['role/deploy | inline:own | 0'],
    },
    'two statements that each suffice': {
      account: { users: { alice: { can: [allow('iam:PutUserPolicy'), allow('iam:AttachUserPolicy')] } } },
      without: ['user/alice | inline:own | 0', 'user/alice | inline:own | 1'],
    },
    'one statement that two ways share, not one of each': {
      account: {
        users: {
          alice: {
            can: [allow('iam:PassRole'), allow(['lambda:CreateFunction', 'lambda:InvokeFunction']), allow('ec2:RunInstances')],
          },
        },
        roles: { admin: { attached: [ADMINISTRATOR], trust: ['lambda.amazonaws.com', 'ec2.amazonaws.com'], profile: true } },
      },
      without: ['user/alice | inline:own | 0'],
    },
    'what makes it conditional, once nothing else is left': {
      account: {
        users: { alice: { can: [allow('iam:PutUserPolicy', '*', when('IpAddress', 'aws:SourceIp', '192.0.2.0/24'))] } },
      },
      without: ['user/alice | inline:own | 0'],
    },
    'what takes it down to a condition is enough': {
      account: {
        users: {
          alice: {
            can: [
              allow('iam:PutUserPolicy', iam('user/alice')),
              allow('iam:AttachUserPolicy', '*', when('IpAddress', 'aws:SourceIp', '192.0.2.0/24')),
            ],
          },
        },
      },
      without: ['user/alice | inline:own | 0'],
    },
    'five ways with a statement each are too many': {
      account: {
        users: { alice: { can: fiveWays.map((action) => allow(action)), groups: ['ops'] } },
        groups: { ops: {} },
        roles: { admin: { attached: [ADMINISTRATOR], trust: ['111122223333'] } },
      },
      without: undefined,
    },
    'a principal that there is not': {
      account: { users: { alice: { can: [allow('*')] } } },
      principal: 'user/bob',
      without: undefined,
    },
  };

  test.each(Object.entries(cases))('%s', (_name, { account, principal = 'user/alice', without }) => {
    expect(cutOf(account, principal)).toEqual(without);
  });

  test('what is cut leaves the principal weaker, as the analysis sees it', () => {
    const account: AccountSpec = {
      users: { alice: { can: [allow('iam:PutUserPolicy'), deny('s3:*'), allow('iam:AttachUserPolicy')] } },
    };
    const snapshot = snapshotOf(account);
    const cut = minimalStatementsToRemove(snapshot, identitiesOf(account), iam('user/alice')) ?? [];
    const identities = collected(withoutStatements(identitiesOf(account), cut));
    const access = analyze({ ...snapshot, facts: { ...snapshot.facts, identities } });
    expect([
      judge(account, 'user/alice').verdict,
      access.status === 'collected' && access.value.get(iam('user/alice'))?.verdict,
    ]).toEqual(['can-become-admin', 'none']);
  });
});

describe('the statements that a step names', () => {
  const account: AccountSpec = {
    users: { alice: { can: [allow('sts:AssumeRole', iam('role/admin'), { Sid: 'Become' })] } },
    roles: { admin: { attached: [ADMINISTRATOR], trust: ['111122223333'] } },
  };
  const steps = judge(account, 'user/alice').path;
  const found = steps.flatMap((step) => statementsOf(identitiesOf(account), step));

  test('are those of the identity and of the trust policy, as they are written', () => {
    expect(found).toEqual(
      expect.arrayContaining([
        {
          holder: iam('user/alice'),
          policy: 'inline:own',
          index: 0,
          statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: iam('role/admin'), Sid: 'Become' },
        },
        {
          holder: iam('role/admin'),
          policy: `trust:${iam('role/admin')}`,
          index: 0,
          statement: { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' },
        },
      ]),
    );
  });

  const [step] = steps;
  const gone: Readonly<Record<string, readonly [policy: string, index: number]>> = {
    'of an inline policy that there is not': ['inline:other', 0],
    'of a managed policy that there is not': [awsManaged('IAMFullAccess').replace('IAM', 'Gone'), 0],
    'of a role that there is not': [`trust:${iam('role/gone')}`, 0],
    'beyond the last of a policy': ['inline:own', 1],
  };
  test.each(Object.entries(gone))('are left out %s', (_name, [policy, index]) => {
    if (!step) throw new Error('there is no step');
    expect(statementsOf(identitiesOf(account), { ...step, statements: [{ policy, index }] })).toEqual([]);
  });
});

describe('an account without some statements', () => {
  const documents: Readonly<Record<string, Json>> = {
    'text that is no document': 'nonsense',
    'a list': [1],
    null: null,
  };
  const at = { holder: iam('user/alice'), policy: 'inline:odd', index: 0, statement: null };

  test.each(Object.entries(documents))('keeps a policy that has none: %s', (_name, document) => {
    const before = identitiesOf({ users: { alice: { inline: { odd: document } } } });
    expect(withoutStatements(before, [at])).toEqual(before);
  });

  test('keeps the other statements in their places, and everything that is not named', () => {
    const twin = { inline: { odd: documentOf([allow('*'), allow('s3:*')]) } };
    const before = identitiesOf({ users: { alice: twin, bob: twin } });
    const [alice, bob] = withoutStatements(before, [at]).users;
    expect(alice?.inlinePolicies).toEqual([
      { name: 'odd', document: documentOf([{ Effect: 'Allow', NotAction: '*', Resource: '*' }, allow('s3:*')]) },
    ]);
    expect(bob).toEqual(before.users[1]);
  });
});
