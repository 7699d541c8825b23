import check from '../../lambda/scanner/checks/roles-anywhere-unscoped.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { ACCOUNT, aRole, identities, partitions } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { type Conditions, aTrustingRole, keepingOut, letting } from '../support/trust.ts';
import { aVerdict, accessOf } from '../support/verdicts.ts';

const principal = { Service: 'rolesanywhere.amazonaws.com' };
const actions = { Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'] };
const says = 'Role backup lets in whoever has a certificate of any authority';

describe.each(partitions)('in partition %s', (partition) => {
  const anchor = `arn:${partition}:rolesanywhere:eu-west-1:${ACCOUNT}:trust-anchor/3c1f0a52-0000-4000-8000-000000000000`;
  const trusting = (...statements: readonly Json[]) => ({
    identities: identities({ roles: [aTrustingRole('backup', statements)] }),
  });
  const given = (conditions?: Conditions) => trusting(letting(principal, conditions, actions));

  describeCheck(check, {
    partition,
    passes: {
      'the common name of one': given({ StringEquals: { 'aws:PrincipalTag/x509Subject/CN': 'backup.example.com' } }),
      'the common name and the anchor': given({
        StringEquals: { 'aws:PrincipalTag/x509Subject/CN': 'backup.example.com' },
        ArnEquals: { 'aws:SourceArn': anchor },
      }),
      'an organizational unit': given({ StringEquals: { 'aws:PrincipalTag/x509Subject/OU': 'Backup' } }),
      'names under one domain': given({ StringLike: { 'aws:PrincipalTag/x509SAN/DNS': '*.backup.example.com' } }),
      'the source identity, which is the common name': given({ StringLike: { 'sts:SourceIdentity': 'CN=backup*' } }),
      'by a Deny': trusting(
        letting(principal, undefined, actions),
        keepingOut({ StringNotEquals: { 'aws:PrincipalTag/x509Subject/CN': 'backup.example.com' } }),
      ),
    },
    fails: {
      'no condition': { given: given(), says, on: 'backup', severity: 'MEDIUM' },
      'the anchor alone, whose authority signs for others too': {
        given: given({ ArnEquals: { 'aws:SourceArn': anchor } }),
        says,
      },
      'the account alone': { given: given({ StringEquals: { 'aws:SourceAccount': ACCOUNT } }), says },
      'any name': { given: given({ StringLike: { 'aws:PrincipalTag/x509Subject/CN': '*' } }), says },
      'a name, where there is one': {
        given: given({ StringEqualsIfExists: { 'aws:PrincipalTag/x509SAN/DNS': 'backup.example.com' } }),
        says,
      },
      'on a role that leads to admin': {
        given: { ...given(), access: accessOf(aVerdict(aRole('backup').arn, 'admin')) },
        says,
        severity: 'HIGH',
      },
    },
    ignores: {
      'a role for another service': trusting(letting({ Service: 'ec2.amazonaws.com' })),
      'a role for the account': trusting(letting({ AWS: ACCOUNT })),
    },
    unknowns: {
      'a trust policy that cannot be read': {
        given: { identities: identities({ roles: [aRole('backup', { trustPolicy: [] })] }) },
        says: 'its trust policy cannot be read',
      },
    },
  });
});
