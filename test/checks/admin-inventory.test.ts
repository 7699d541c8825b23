import check from '../../lambda/scanner/checks/admin-inventory.ts';
import { evaluate } from '../../lambda/scanner/evaluate/evaluate.ts';
import type { Facts, ObservedFacts } from '../../lambda/scanner/facts/snapshot.ts';
import { collected, unavailable } from '../../lambda/scanner/model/observed.ts';
import {
  ACCOUNT,
  aContext,
  aKey,
  aReport,
  aRole,
  aRow,
  aUser,
  emptyAccount,
  identities,
  rootRow,
  seen,
} from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { aReach, aVerdict, accessOf } from '../support/verdicts.ts';

const ann = aUser('ann');

describeCheck(check, {
  passes: {
    'an account with an admin, once': {
      identities: identities({ users: [ann] }),
      access: accessOf(aVerdict(ann.arn, 'admin')),
    },
    'an account without': {},
  },
  fails: {},
});

describe('the record', () => {
  const recordOf = (given: Partial<Facts>) => {
    const facts = { ...emptyAccount, ...given };
    const observed = Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, collected(value)]));
    const [result] = evaluate([check], observed as unknown as ObservedFacts, () => aContext());
    expect(result).toMatchObject({ passed: 1, findings: [], records: [{ status: 'PASSED', severity: 'INFORMATIONAL' }] });
    return result?.records[0];
  };
  const adminsOf = (given: Partial<Facts>) => recordOf(given)?.evidence['admins'];
  const admin = (user = ann) => ({ identities: identities({ users: [user] }), access: accessOf(aVerdict(user.arn, 'admin')) });

  test('lists who is admin of other accounts only, with these accounts', () => {
    const [bob, other] = [aUser('bob'), '333344445555'];
    const record = recordOf({
      identities: identities({ users: [ann, bob] }),
      access: accessOf(aVerdict(ann.arn, 'admin'), aVerdict(bob.arn, 'none')),
      crossAccountReach: new Map([[bob.arn, aReach(bob.arn, [other])]]),
    });
    expect(record?.evidence['admins']).toMatchObject([
      { arn: ann.arn, verdict: 'admin' },
      { arn: bob.arn, verdict: 'none', reach: [other], reachCount: 1 },
    ]);
    expect(record?.message).toContain('Under conditions: 0. In other accounts only: 1. Roles');
  });

  test('has the identity of a finding, and counts whom it lists', () => {
    const [bob, eve] = [aUser('bob'), aUser('eve')];
    const role = aRole('landing');
    expect(
      recordOf({
        identities: identities({ users: [ann, bob, eve], roles: [role] }),
        access: accessOf(
          aVerdict(role.arn, 'admin', { platform: true }),
          aVerdict(bob.arn, 'can-become-admin'),
          aVerdict(ann.arn, 'admin'),
          aVerdict(eve.arn, 'none'),
        ),
      }),
    ).toMatchObject({
      id: `iam-vigil/v1/${ACCOUNT}/admin-inventory/${ACCOUNT}`,
      message:
        'With administrator access: 1. Can escalate to administrator: 1. Can grant administrator access: 0. Under conditions: 0. Roles of the landing zone, not counted above: 1.',
      evidence: { admins: [{ arn: ann.arn }, { arn: bob.arn }, { arn: role.arn, platform: true }], count: 3 },
    });
  });

  test('says how a user signs in and what protects it', () => {
    const report = aReport(rootRow(), aRow('ann', { passwordEnabled: true, mfaActive: true }));
    const given = {
      ...admin(),
      credentialReport: report,
      accessKeys: seen({ ann: [aKey('ann', 'AKIA1'), aKey('ann', 'AKIA2'), aKey('ann', 'AKIA3', { active: false })] }),
      mfaDevices: seen({ ann: ['GAHT12345678'] }),
    };
    expect(adminsOf(given)).toEqual([
      {
        arn: ann.arn,
        verdict: 'admin',
        signsInBy: ['password', '2 active access keys'],
        protectedBy: ['MFA: GAHT12345678 (hardware token)'],
      },
    ]);
    expect(adminsOf({ ...given, mfaDevices: seen({ ann: [] }) })).toMatchObject([{ protectedBy: ['no MFA device'] }]);
  });

  test('says what could not be collected', () => {
    const hidden = new Map([['ann', unavailable('access was denied')]]);
    expect(adminsOf({ ...admin(), accessKeys: hidden, mfaDevices: hidden })).toMatchObject([
      {
        signsInBy: ['possibly a password', 'access keys could not be collected: access was denied'],
        protectedBy: ['MFA devices could not be collected: access was denied'],
      },
    ]);
  });

  test('says who assumes a role, and under which conditions', () => {
    const trustPolicy = {
      Statement: {
        Effect: 'Allow',
        Principal: { AWS: '222233334444', Service: 'ec2.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
      },
    };
    const conditions = [
      { key: 'aws:sourceip', controlledBy: 'environment', text: 'IpAddress aws:sourceip: 10.0.0.0/8' },
    ] as const;
    const listedRole = (trust: typeof trustPolicy | []) => {
      const role = aRole('ops', { trustPolicy: trust });
      return adminsOf({
        identities: identities({ roles: [role] }),
        access: accessOf(aVerdict(role.arn, 'conditional', { conditions })),
      });
    };
    expect(listedRole(trustPolicy)).toMatchObject([
      {
        signsInBy: ['assumed by 222233334444 and ec2.amazonaws.com'],
        protectedBy: ['trust policy conditions on aws:MultiFactorAuthPresent', conditions[0].text],
      },
    ]);
    expect(listedRole([])).toMatchObject([{ signsInBy: [expect.stringContaining('unreadable trust policy')] }]);
  });

  test('lists in the same order, in whatever order AWS does', () => {
    const [bob, ops] = [aUser('bob'), aRole('ops')];
    const access = accessOf(aVerdict(ops.arn, 'admin'), aVerdict(bob.arn, 'admin'), aVerdict(ann.arn, 'admin'));
    const devices = ['GAHT12345678', 'GAHT87654321'];
    const one = { access, identities: identities({ users: [ann, bob], roles: [ops] }), mfaDevices: seen({ ann: devices }) };
    const other = {
      access,
      identities: identities({ users: [bob, ann], roles: [ops] }),
      mfaDevices: seen({ ann: devices.toReversed() }),
    };
    expect(adminsOf(one)).toMatchObject([{ arn: ops.arn }, { arn: ann.arn }, { arn: bob.arn }]);
    expect(adminsOf(other)).toEqual(adminsOf(one));
  });

  test('lists the first two hundred, and counts all', () => {
    const users = Array.from({ length: 201 }, (_, index) => aUser(`u${index}`));
    const record = recordOf({
      identities: identities({ users }),
      access: accessOf(...users.map(({ arn }) => aVerdict(arn, 'admin'))),
    });
    expect(record?.evidence).toMatchObject({ admins: { length: 200 }, count: 201 });
  });
});
