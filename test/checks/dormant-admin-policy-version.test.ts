import check from '../../lambda/scanner/checks/dormant-admin-policy-version.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { policyOf } from '../policy/support.ts';
import { aPolicy, aRole, attached, identities } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

/** A policy with these versions, the last of which is the default. */
const versioned = (documents: readonly Json[], more = {}) =>
  aPolicy('Lake', documents[0] ?? '', {
    versions: documents.map((document, index) => ({
      id: `v${index + 1}`,
      isDefault: index === documents.length - 1,
      document,
    })),
    ...more,
  });
const given = (...documents: readonly Json[]) => {
  const policy = versioned(documents);
  return { identities: identities({ policies: [policy], roles: [aRole('app', attached(policy))] }) };
};
const everything = policyOf({});
const narrow = policyOf({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::lake/*' });
const buckets = policyOf({ Action: 's3:*' });
const managed = versioned([everything, narrow], { arn: 'arn:aws:iam::aws:policy/Lake' });
const bounding = versioned([everything, narrow], { attachmentCount: 0 });

describeCheck(check, {
  passes: {
    'versions that allow little more': given(policyOf({ Action: 's3:*', Resource: 'arn:aws:s3:::lake/*' }), narrow),
    'a default that allows everything itself, whatever came before': given(everything, policyOf({ Action: '*:*' })),
    'a default that allows everything, by another way': given(buckets, policyOf({ Action: '*:*' })),
    'a default that allows as much, written otherwise': given(buckets, policyOf({ Action: 'S3:**' })),
    'an earlier version that allowed nothing in the end': given(policyOf({}, { Effect: 'Deny' }), narrow),
    'an earlier version that cannot be read': given('{', narrow),
  },
  fails: {
    'an earlier version that allowed everything': {
      given: given(policyOf({ Action: '*:*' }), buckets, narrow),
      says: 'IAM policy Lake has a non-default version with broader permissions\nA call of iam:SetDefaultPolicyVersion can restore it: v1 allows all actions on all resources and v2 allows all actions of s3.',
      on: 'Lake',
      severity: 'MEDIUM',
    },
    'an earlier version that left services open': {
      given: given(policyOf({ NotAction: 'iam:*' }), policyOf({ NotAction: ['iam:*', 'kms:*'] })),
      says: 'v1 allows all actions of kms.',
    },
    'a boundary, which would limit nothing any more': {
      given: { identities: identities({ policies: [bounding], roles: [aRole('app', { boundaryArn: bounding.arn })] }) },
      says: 'v1',
    },
  },
  ignores: {
    'a policy with one version': given(everything),
    'a policy of AWS': { identities: identities({ policies: [managed], roles: [aRole('app', attached(managed))] }) },
    'a policy that is attached to no identity': { identities: identities({ policies: [versioned([everything, narrow])] }) },
  },
});
