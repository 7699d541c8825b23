import type { Json } from '../lambda/scanner/model/json.ts';

/** What `aws iam get-account-authorization-details` prints of an account, as far as it matters here. */
type Details = Readonly<Record<'UserDetailList' | 'GroupDetailList' | 'RoleDetailList' | 'Policies', readonly Json[]>>;

type Statement = Readonly<Record<string, Json>>;

const ACCOUNT = '777788889999';
const CREATED = '2026-01-05T08:00:00+00:00';
const times = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const arn = (resource: string) => `arn:aws:iam::${ACCOUNT}:${resource}`;
const allow = (action: Json, resource: Json, more: Statement = {}): Statement => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
  ...more,
});
const document = (statements: readonly Json[]): Json => ({ Version: '2012-10-17', Statement: statements });
const inline = (statements: readonly Json[]): readonly Json[] =>
  statements.length === 0 ? [] : [{ PolicyName: 'own', PolicyDocument: document(statements) }];

const user = (name: string, ...statements: readonly Statement[]): Json => ({
  ...{ Path: '/', UserName: name, UserId: `AIDA${name.toUpperCase()}`, Arn: arn(`user/${name}`), CreateDate: CREATED },
  ...{ UserPolicyList: inline(statements), GroupList: [], AttachedManagedPolicies: [] },
});

const trusting = (principal: Json, more: Statement = {}): Json =>
  document([{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...more }]);

function role(name: string, trust: Json, ...statements: readonly Statement[]): Json {
  return {
    ...{ Path: '/', RoleName: name, RoleId: `AROA${name.toUpperCase()}`, Arn: arn(`role/${name}`), CreateDate: CREATED },
    ...{ AssumeRolePolicyDocument: trust, InstanceProfileList: [], RolePolicyList: inline(statements) },
    ...{ AttachedManagedPolicies: [] },
  };
}

const details = (users: readonly Json[], roles: readonly Json[] = []): Details => ({
  UserDetailList: users,
  GroupDetailList: [],
  RoleDetailList: roles,
  Policies: [],
});

const admin = role('admin', trusting({ Service: 'ec2.amazonaws.com' }), allow('*', '*'));
const ofAccount = { AWS: arn('root') };

/** Accounts that exist, or could, and that ask most of a search: each with thousands of ways from everybody to everybody. */
export const worstAccounts: Readonly<Record<string, () => Details>> = {
  '300 people of a help desk who reset passwords and MFA of 4,700 users': () =>
    details([
      ...times(300, (index) =>
        user(
          `desk${index}`,
          allow(['iam:UpdateLoginProfile', 'iam:CreateLoginProfile', 'iam:DeactivateMFADevice'], arn('user/u*')),
        ),
      ),
      ...times(4700, (index) => (index === 0 ? user('u0', allow('*', '*')) : user(`u${index}`, allow('s3:Get*', '*')))),
    ]),
  '5,000 users who may do all of IAM': () => details(times(5000, (index) => user(`u${index}`, allow('iam:*', '*')))),
  '1,000 roles whose trust policies each name 40 of the others': () => {
    const everyone = times(1000, (index) => arn(`role/r${index}`));
    return details(
      [],
      [
        ...times(1000, (index) =>
          role(
            `r${index}`,
            trusting({ AWS: times(40, (step) => everyone[(index + 1 + step * 25) % 1000] ?? '') }),
            allow('sts:*', '*'),
          ),
        ),
        admin,
      ],
    );
  },
  '2,000 users who pass roles by wildcards to 2,000 roles of services': () =>
    details(
      times(2000, (index) =>
        user(`u${index}`, allow('iam:PassRole', arn(`role/*${index % 100}*`)), allow(['ec2:*', 'lambda:*'], '*')),
      ),
      times(2000, (index) =>
        role(
          `r${index}`,
          trusting({ Service: index % 2 === 0 ? 'lambda.amazonaws.com' : 'ec2.amazonaws.com' }),
          index % 50 === 0 ? allow('*', '*') : allow('s3:*', '*'),
        ),
      ),
    ),
  'a chain of 5,000 roles, the last of which is admin': () =>
    details(
      [],
      times(5000, (index) =>
        role(
          `r${index}`,
          trusting(index === 0 ? ofAccount : { AWS: arn(`role/r${index - 1}`) }),
          index === 4999 ? allow('*', '*') : allow('sts:AssumeRole', arn(`role/r${index + 1}`)),
        ),
      ),
    ),
  '3,000 roles whose trust and policies depend on conditions': () =>
    details(
      [],
      [
        ...times(3000, (index) =>
          role(
            `r${index}`,
            trusting(ofAccount, {
              Condition: { StringLike: { 'aws:PrincipalTag/team': [`team-${index % 90}`, `*-${index % 70}`] } },
            }),
            allow(['sts:AssumeRole', 'iam:PutRolePolicy'], arn(`role/*${index % 60}`), {
              Condition: {
                StringEquals: {
                  'aws:ResourceTag/team': `team-${index % 80}`,
                  'aws:RequestedRegion': ['eu-west-1', 'eu-central-1'],
                },
                IpAddress: { 'aws:SourceIp': [`10.${index % 250}.0.0/16`] },
                Bool: { 'aws:MultiFactorAuthPresent': 'true' },
              },
            }),
          ),
        ),
        admin,
      ],
    ),
};
