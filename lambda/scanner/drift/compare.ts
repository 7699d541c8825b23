import type { Change, Drift } from '../model/change.ts';
import { fitHeadline } from '../model/headline.ts';
import { worstFirst } from '../model/severity.ts';
import { compareAccess } from './access.ts';
import { compareAccessKeys } from './access-keys.ts';
import { compareBreakGlass } from './break-glass.ts';
import { withCausesOfAccess } from './causes-of-access.ts';
import { compareCertificateTrust } from './certificate-trust.ts';
import { compareIdentities } from './identities.ts';
import { compareIdentityCenter } from './identity-center.ts';
import { compareIdentityProviders } from './identity-providers.ts';
import { compareMfaDevices } from './mfa-devices.ts';
import { compareOrganizationPolicies } from './organization-policies.ts';
import { compareOrganizationResourcePolicy } from './organization-resource-policy.ts';
import { type Compare, type Pair, together } from './pair.ts';
import { comparePasswords } from './passwords.ts';
import { comparePermissions } from './permissions.ts';
import { comparePolicies } from './policies.ts';
import { compareRoot } from './root.ts';
import { compareServiceCredentials } from './service-credentials.ts';
import { compareTrustPolicies } from './trust-policies.ts';

const comparisons: readonly Compare[] = [
  ...[compareAccess, compareIdentities, compareAccessKeys, comparePasswords, compareServiceCredentials, compareMfaDevices],
  ...[compareRoot, comparePermissions, comparePolicies, compareTrustPolicies, compareIdentityProviders],
  ...[compareCertificateTrust, compareOrganizationPolicies, compareOrganizationResourcePolicy, compareIdentityCenter],
  compareBreakGlass,
];

/**
 * What changed in an account between two snapshots, the most severe changes first. A pure comparison: whether something became broader
 * or narrower is decided as requests are decided, never by the text of a policy.
 */
export function compareNights(pair: Pair): Drift {
  const { changes, incomparable } = together(comparisons.map((compare) => compare(pair)));
  return {
    since: pair.before.snapshot.takenAt,
    changes: withCausesOfAccess(changes)
      .map((change) => ({ ...change, headline: fitHeadline(change.headline, change.resource.name) }))
      .toSorted(worstChangeFirst),
    incomparable,
  };
}

/** The most severe first; among equals, by what happened and where, so that the order of evaluation does not matter. */
export const worstChangeFirst = (a: Change, b: Change): number =>
  worstFirst(a.severity, b.severity) || compareTexts(keyOf(a), keyOf(b));

const keyOf = ({ account, kind, resource }: Change): string => `${kind} ${account} ${resource.arn} ${resource.id}`;
const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
