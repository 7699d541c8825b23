import check from '../../lambda/scanner/checks/federation-token-by-admin.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { unavailable } from '../../lambda/scanner/model/observed.ts';
import { ACCOUNT, aKey, aReport, aReportedKey, aRow, aUser, identities, partitions, seen } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { aVerdict, accessOf } from '../support/verdicts.ts';

describe.each(partitions)('in partition %s', (partition) => {
  const arn = `arn:${partition}:iam::${ACCOUNT}:user/ann`;
  const user = (...statements: readonly Json[]) => ({
    identities: identities({
      users: [
        aUser('ann', { arn, inlinePolicies: [{ name: 'own', document: { Version: '2012-10-17', Statement: statements } }] }),
      ],
    }),
    credentialReport: aReport(aRow('ann')),
    accessKeys: seen({ ann: [aKey('ann', 'AKIA1')] }),
    access: accessOf(aVerdict(arn, 'admin')),
  });
  const allow = (action: string, resource = '*') => ({ Effect: 'Allow', Action: action, Resource: resource });
  const deny = (more: Readonly<Record<string, Json>> = {}) => ({
    Effect: 'Deny',
    Action: 'sts:GetFederationToken',
    Resource: '*',
    ...more,
  });
  const says =
    'IAM user ann has administrator access and can call sts:GetFederationToken with an access key\nThe session lasts up to 36 hours and stays valid';

  describeCheck(check, {
    partition,
    ignores: {
      'a user without administrator access': { ...user(allow('*')), access: accessOf(aVerdict(arn, 'none')) },
      'an administrator without an active key, who cannot make the call': {
        ...user(allow('*')),
        accessKeys: seen({ ann: [aKey('ann', 'AKIA1', { active: false })] }),
      },
    },
    passes: {
      'every action except that one': user(allow('*'), deny()),
      'only from some source IP addresses': user(
        allow('*'),
        deny({ Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }),
      ),
      'a user who can escalate by other actions': user(allow('iam:*')),
      'a Deny without MFA, which applies to access keys': user(
        allow('*'),
        deny({ Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } }),
      ),
    },
    fails: {
      'a key that only the report lists': {
        given: {
          ...user(allow('*')),
          accessKeys: new Map(),
          credentialReport: aReport(aRow('ann', { keys: [aReportedKey(), aReportedKey()] })),
        },
        says,
      },
      'every action': { given: user(allow('*')), says, on: 'ann', severity: 'MEDIUM' },
      'every action of STS': { given: user(allow('sts:*')), says },
      'for one federated user name': {
        given: user(allow('sts:GetFederationToken', `arn:${partition}:sts::${ACCOUNT}:federated-user/ops`)),
        says,
      },
      'a Deny that does not apply to access keys': {
        given: user(allow('*'), deny({ Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } })),
        says,
      },
    },
    unknowns: {
      'a policy that cannot be read and may deny it': {
        given: {
          ...user(),
          identities: identities({
            users: [
              aUser('ann', { arn, attachedPolicies: [{ name: 'own', arn: `arn:${partition}:iam::${ACCOUNT}:policy/own` }] }),
            ],
          }),
        },
        says: 'policy/own could not be read',
      },
      'a user newer than the report, whose keys were not listed': {
        given: { ...user(allow('*')), credentialReport: aReport(), accessKeys: new Map() },
        says: 'its keys were not listed',
      },
      'keys that AWS refused to list': {
        given: { ...user(allow('*')), accessKeys: new Map([['ann', unavailable('access denied', 'iam:ListAccessKeys')]]) },
        says: 'access denied',
      },
    },
  });
});
