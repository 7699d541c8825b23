import type { AnywhereProfile, RolesAnywhere, TrustAnchor } from '../facts/roles-anywhere.ts';
import type { Change } from '../model/change.ts';
import type { Resource } from '../model/resource.ts';
import { type Comparison, type Pair, cannotCompare, factsOfBoth, together } from './pair.ts';

const PART = 'certificate-trust';

/**
 * Trust anchors and profiles of IAM Roles Anywhere that are in effect and were not. They are listed only in accounts with a role that
 * trusts the service: without one they have no effect.
 */
export function compareCertificateTrust(pair: Pair): Comparison {
  const facts = factsOfBoth(pair, ['rolesAnywhere']);
  if (facts.status === 'unavailable') return cannotCompare(PART, facts.reason);
  const { before, after } = facts;
  return together(
    [...after.rolesAnywhere].map(([region, is]): Comparison => {
      const was = before.rolesAnywhere.get(region);
      if (is.status === 'unavailable') return cannotCompare(PART, `${region}: ${is.reason}`);
      if (was?.status === 'unavailable') return cannotCompare(PART, `${region} in the earlier snapshot: ${was.reason}`);
      return { changes: compareRegion(pair, region, was?.value ?? nothing, is.value), incomparable: [] };
    }),
  );
}

const nothing: RolesAnywhere = { trustAnchors: [], crls: [], profiles: [] };

function compareRegion(pair: Pair, region: string, was: RolesAnywhere, is: RolesAnywhere): readonly Change[] {
  const anchors = enabled(is.trustAnchors).filter(({ arn }) => !enabled(was.trustAnchors).some((anchor) => anchor.arn === arn));
  const revocations = enabled(was.crls).filter(
    ({ arn, trustAnchorArn }) =>
      !enabled(is.crls).some((crl) => crl.arn === arn) &&
      enabled(is.trustAnchors).some((anchor) => anchor.arn === trustAnchorArn),
  );
  const replaced = enabled(is.trustAnchors).filter((anchor) => enabled(was.trustAnchors).some((old) => isReplaced(old, anchor)));
  const profiles = enabled(is.profiles).flatMap((profile) => profileChange(pair, region, profile, was.profiles));
  return [
    ...anchors.map((anchor) =>
      change(
        pair,
        anchorResource(anchor),
        `IAM Roles Anywhere trust anchor ${anchor.name} in ${region} is in effect now`,
        'provider-added',
      ),
    ),
    ...replaced.map((anchor) =>
      change(
        pair,
        anchorResource(anchor),
        `IAM Roles Anywhere trust anchor ${anchor.name} in ${region} accepts certificates of another authority`,
        'provider-changed',
      ),
    ),
    ...revocations.map((crl) =>
      change(
        pair,
        { ...anchorResource(crl), id: crl.arn },
        `IAM Roles Anywhere trust anchor in ${region} lost its revocation list ${crl.name}`,
        'provider-changed',
      ),
    ),
    ...profiles,
  ];
}

/** Whether the same trust anchor has another authority. A snapshot of an earlier version does not have it. */
const isReplaced = (was: TrustAnchor, is: TrustAnchor): boolean =>
  was.arn === is.arn &&
  (was.source !== is.source ||
    (was.authority !== undefined && is.authority !== undefined && was.authority.trim() !== is.authority.trim()));

const enabled = <T extends { readonly enabled: boolean }>(items: readonly T[]): readonly T[] =>
  items.filter((item) => item.enabled);

function profileChange(
  pair: Pair,
  region: string,
  profile: AnywhereProfile,
  before: readonly AnywhereProfile[],
): readonly Change[] {
  const was = enabled(before).find(({ arn }) => arn === profile.arn);
  const roles = profile.roleArns.filter((arn) => !(was?.roleArns ?? []).includes(arn));
  const isWider = was?.narrowsSessions === true && !profile.narrowsSessions;
  if (roles.length === 0 && !isWider) return [];
  const resource: Resource = { type: 'AwsRolesAnywhereProfile', arn: profile.arn, name: profile.name, id: profile.arn };
  const what = was === undefined ? 'is in effect now' : isWider ? 'no longer limits its sessions' : 'can be used for more roles';
  return [
    change(
      pair,
      resource,
      `IAM Roles Anywhere profile ${profile.name} in ${region} ${what}`,
      was === undefined ? 'provider-added' : 'provider-changed',
    ),
  ];
}

const anchorResource = ({ arn, name }: Pick<TrustAnchor, 'arn' | 'name'>): Resource => ({
  type: 'AwsRolesAnywhereTrustAnchor',
  ...{ arn, name, id: arn },
});

const change = (pair: Pair, resource: Resource, headline: string, kind: Change['kind']): Change => ({
  ...{ account: pair.after.snapshot.accountId, kind, effect: 'worse', severity: 'HIGH', resource, headline },
  message: 'Holders of a certificate of its authority can assume the roles that trust IAM Roles Anywhere.',
  evidence: { arn: resource.arn },
});
