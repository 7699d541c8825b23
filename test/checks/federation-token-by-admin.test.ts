import check from '../../lambda/scanner/checks/federation-token-by-admin.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { unavailable } from '../../lambda/scanner/model/snapshot-file.ts';
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
  const says = 'An access key of user ann, who is admin, can make sessions that outlive it (sts:GetFederationToken).';

  describeCheck(check, {
    partition,
    ignores: {
      'one who is nowhere near admin': { ...user(allow('*')), access: accessOf(aVerdict(arn, 'none')) },
      'an admin without an active key, who cannot make the call': {
        ...user(allow('*')),
        accessKeys: seen({ ann: [aKey('ann', 'AKIA1', { active: false })] }),
      },
    },
    passes: {
      'everything but that': user(allow('*'), deny()),
      'only from some addresses': user(allow('*'), deny({ Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } })),
      'one who can become admin by other means': user(allow('iam:*')),
      'a Deny without MFA, which access keys never have': user(
        allow('*'),
        deny({ Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } }),
      ),
    },
    fails: {
      'a key that only the report knows': {
        given: {
          ...user(allow('*')),
          accessKeys: new Map(),
          credentialReport: aReport(aRow('ann', { keys: [aReportedKey(), aReportedKey()] })),
        },
        says,
      },
      everything: { given: user(allow('*')), says, on: 'ann', severity: 'MEDIUM' },
      'every action of STS': { given: user(allow('sts:*')), says },
      'under one name': {
        given: user(allow('sts:GetFederationToken', `arn:${partition}:sts::${ACCOUNT}:federated-user/ops`)),
        says,
      },
      'a Deny that access keys pass': {
        given: user(allow('*'), deny({ Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } })),
        says,
      },
    },
    unknowns: {
      'a policy that cannot be read, which may deny it': {
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
