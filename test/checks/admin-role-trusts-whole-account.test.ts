import check from '../../lambda/scanner/checks/admin-role-trusts-whole-account.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { ACCOUNT, aRole, identities, partitions } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { type Conditions, aTrustingRole, keepingOut, letting } from '../support/trust.ts';
import { aVerdict, accessOf } from '../support/verdicts.ts';

describe.each(partitions)('in partition %s', (partition) => {
  const trusting = (verdict: Parameters<typeof aVerdict>[1], ...statements: readonly Json[]) => ({
    identities: identities({ roles: [aTrustingRole('ops', statements)] }),
    access: accessOf(aVerdict(aRole('ops').arn, verdict)),
    organization: { id: 'o-acmeexample', managementAccountId: '999988887777' },
  });
  const whole = { AWS: `arn:${partition}:iam::${ACCOUNT}:root` };
  const narrowed = (conditions: Conditions) => trusting('admin', letting(whole, conditions));
  const says = `IAM role ops (path to admin) trusts all of account ${ACCOUNT}`;

  describeCheck(check, {
    partition,
    ignores: {
      'a role without a path to admin': trusting('none', letting(whole)),
      'a role with a path under conditions only': trusting('conditional', letting(whole)),
    },
    passes: {
      'one user': trusting('admin', letting({ AWS: `arn:${partition}:iam::${ACCOUNT}:user/ann` })),
      'a user called root': trusting('admin', letting({ AWS: `arn:${partition}:iam::${ACCOUNT}:user/root` })),
      'another account': trusting('admin', letting({ AWS: `arn:${partition}:iam::555566667777:root` })),
      'only some roles, by condition': narrowed({
        ArnLike: { 'aws:PrincipalArn': `arn:${partition}:iam::${ACCOUNT}:role/ops-*` },
      }),
      'only those with a tag': narrowed({ StringEquals: { 'aws:PrincipalTag/team': 'ops' } }),
      'a Deny of all but one': trusting(
        'admin',
        letting(whole),
        keepingOut({ ArnNotEquals: { 'aws:PrincipalArn': `arn:${partition}:iam::${ACCOUNT}:user/ann` } }),
      ),
    },
    fails: {
      'the account by its root': { given: trusting('admin', letting(whole)), says, on: 'ops', severity: 'LOW' },
      'the account by its bare id': { given: trusting('can-become-admin', letting({ AWS: ACCOUNT })), says },
      'MFA, which says how and not who': { given: narrowed({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }), says },
      'the own Organization, which the account is in': {
        given: narrowed({ StringEquals: { 'aws:PrincipalOrgID': 'o-acmeexample' } }),
        says,
      },
      'an account in no Organization': { given: { ...trusting('admin', letting(whole)), organization: undefined }, says },
      'every ARN': { given: narrowed({ ArnLike: { 'aws:PrincipalArn': `arn:${partition}:iam::${ACCOUNT}:*` } }), says },
    },
    unknowns: {
      'a trust policy that cannot be read': {
        given: {
          identities: identities({ roles: [aTrustingRole('ops', [], { trustPolicy: null })] }),
          access: accessOf(aVerdict(aRole('ops').arn, 'admin')),
        },
        says: 'its trust policy cannot be read',
      },
    },
  });
});
