import { analyzeAccount } from '../../lambda/scanner/escalation/analyze.ts';
import { holderReach } from '../../lambda/scanner/contain/holder-reach.ts';
import type { OrganizationSnapshot } from '../../lambda/scanner/facts/organization-parts/organization-snapshot.ts';
import { createPlacement } from '../../lambda/scanner/organization/placement.ts';
import { type AccountSpec, ADMINISTRATOR, allow, deny, trusts, when } from '../escalation/support.ts';
import { snapshotIn } from '../organization/support.ts';
import { anOrganization } from '../support/organization.ts';

const HOME = '222233334444';
const OTHER = '333344445555';
const arn = (resource: string, account = HOME) => `arn:aws:iam::${account}:${resource}`;

/** Whom the holder of a key of user `ci` can act as: `role/deploy`, with `?` if conditions are open and the account if it is another. */
function reachOf(spec: AccountSpec, other: AccountSpec = {}, organization?: OrganizationSnapshot): readonly string[] {
  const place = createPlacement(organization);
  const analyses = [snapshotIn(HOME, spec), snapshotIn(OTHER, other)].map(place).flatMap(({ snapshot, limits }) => {
    const analysis = analyzeAccount(snapshot, limits);
    return analysis.status === 'collected' ? [analysis.value] : [];
  });
  return holderReach(analyses, arn('user/ci'))
    .principals.slice(1)
    .map(({ principal, certain, account }) => {
      const name = principal.arn.split(':').slice(5).join(':');
      return `${account === HOME ? '' : `${account} `}${name}${certain ? '' : '?'}`;
    });
}

const assumes = (...roles: readonly string[]) => ({ can: [allow('sts:AssumeRole', roles)] });
const trusting = (...principals: readonly string[]) => ({ trust: principals.map((AWS) => trusts({ AWS })) });

describe('the holder of a key of a user reaches', () => {
  const cases: Readonly<Record<string, readonly [AccountSpec, readonly string[], other?: AccountSpec]>> = {
    'nothing without permissions': [{ users: { ci: {}, eve: {} }, roles: { deploy: trusting(arn('root')) } }, []],
    'the role that it may assume, and no other': [
      {
        users: { ci: assumes(arn('role/deploy')) },
        roles: { deploy: trusting(arn('root')), other: trusting(arn('root')) },
      },
      ['role/deploy'],
    ],
    'a role that trusts it by name': [{ users: { ci: {} }, roles: { deploy: trusting(arn('user/ci')) } }, ['role/deploy']],
    'the roles that the role may assume, and back again, each once': [
      {
        users: { ci: {} },
        roles: { a: trusting(arn('user/ci'), arn('role/b')), b: trusting(arn('role/a')) },
      },
      ['role/a', 'role/b'],
    ],
    'a user for whom it can create a key': [
      { users: { ci: { can: [allow('iam:CreateAccessKey', arn('user/eve'))] }, eve: {}, ann: {} } },
      ['user/eve'],
    ],
    'a role whose trust policy it can change': [
      { users: { ci: { can: [allow('iam:UpdateAssumeRolePolicy', arn('role/deploy'))] } }, roles: { deploy: {} } },
      ['role/deploy'],
    ],
    'a role only if a condition holds': [
      {
        users: { ci: { can: [allow('sts:AssumeRole', '*', when('Bool', 'aws:SecureTransport', 'true'))] } },
        roles: { deploy: { trust: [trusts({ AWS: arn('root') }, when('StringEquals', 'aws:SourceVpce', 'vpce-1'))] } },
      },
      ['role/deploy?'],
    ],
    'no role behind its boundary': [
      {
        users: { ci: { ...assumes('*'), boundary: 'fence' } },
        roles: { deploy: trusting(arn('root')) },
        policies: { fence: [allow('s3:*')] },
      },
      [],
    ],
    'no role behind a Deny': [
      {
        users: { ci: { can: [allow('sts:AssumeRole'), deny('sts:AssumeRole')] } },
        roles: { deploy: trusting(arn('root')) },
      },
      [],
    ],
    'all of the account as its admin, but for the roles that only AWS changes': [
      {
        users: { ci: { attached: [ADMINISTRATOR] }, eve: {} },
        roles: {
          app: {},
          AWSServiceRoleForX: { path: '/aws-service-role/x.amazonaws.com/', trust: ['x.amazonaws.com'] },
          AWSReservedSSO_Admin_0123456789abcdef: { path: '/aws-reserved/sso.amazonaws.com/' },
        },
      },
      ['role/app', 'user/eve'],
    ],
    'the role of another account, and what that assumes there': [
      { users: { ci: assumes(arn('role/in', OTHER)) } },
      [`${OTHER} role/in`, `${OTHER} role/deeper`],
      {
        roles: {
          in: trusting(arn('user/ci')),
          deeper: trusting(arn('role/in', OTHER)),
        },
      },
    ],
  };
  test.each(Object.entries(cases))('%s', (_name, [spec, expected, other]) => {
    expect(reachOf(spec, other)).toEqual(expected);
  });
});

test('nothing that an SCP denies', () => {
  const organization = anOrganization({
    accounts: { [HOME]: [], [OTHER]: [] },
    scps: { fence: [[deny('sts:AssumeRole')], HOME] },
  });
  const spec = { users: { ci: assumes('*') }, roles: { deploy: trusting(arn('root')) } };
  expect(reachOf(spec)).toEqual(['role/deploy']);
  expect(reachOf(spec, {}, organization)).toEqual([]);
});
