import { accountSubject } from '../../model/account-subject.ts';
import { type CheckContext, type Judgement, type Subject, fail, pass } from '../../check.ts';
import { cli } from '../../model/command.ts';
import type { AnywhereProfile, Crl, RolesAnywhere, TrustAnchor } from '../../facts/roles-anywhere.ts';
import type { Facts } from '../../facts/snapshot.ts';
import { isAdminCapable } from '../../model/verdict.ts';
import { commercialForm } from '../../policy/service-principal.ts';
import { summarizeList } from '../wording/summarize-list.ts';
import { type TrustedPrincipal, type TrustSubject, trustedPrincipals, trustSubjects } from './trust-policies.ts';

/** An enabled trust anchor. */
export interface AnchorSubject extends Subject {
  readonly region: string;
  readonly anchor: TrustAnchor;
  /** The revocation lists for it, enabled or not. */
  readonly crls: readonly Crl[];
}

/** An enabled profile with at least one role that trusts IAM Roles Anywhere. */
export interface ProfileSubject extends Subject {
  readonly region: string;
  readonly profile: AnywhereProfile;
  /** The names of these roles. */
  readonly roles: readonly string[];
}

/** Trust anchors and profiles that could not be collected, and why. One subject for the whole account. */
export interface UnseenAnywhere extends Subject {
  readonly unseen: string;
}

/** Whether a principal of a trust policy is IAM Roles Anywhere, which acts for the holder of a certificate. */
export const isRolesAnywhere = ({ principal: { type, value } }: TrustedPrincipal): boolean =>
  type === 'Service' && commercialForm(value) === 'rolesanywhere.amazonaws.com';

/** The roles whose trust policy allows IAM Roles Anywhere. */
export const rolesForCertificates = (facts: Pick<Facts, 'identities'>): readonly TrustSubject[] =>
  trustSubjects(facts).filter(({ trust }) => trust.kind !== 'malformed' && trustedPrincipals(trust).some(isRolesAnywhere));

type AnywhereFacts = Pick<Facts, 'identities' | 'access' | 'certificateTrust'>;

/** The trust anchors and profiles to judge. None if no role trusts IAM Roles Anywhere, because then they grant nothing. */
export function anchorsAndProfiles(
  facts: AnywhereFacts,
  context: Pick<CheckContext, 'accountId'>,
): readonly (AnchorSubject | ProfileSubject | UnseenAnywhere)[] {
  const roles = rolesForCertificates(facts);
  if (roles.length === 0) return [];
  const { certificateTrust: trust } = facts;
  const unseen = (what: string, reason: string) => ({ ...accountSubject(context), unseen: `${what}: ${reason}` });
  if (trust.status === 'unavailable') return [unseen('trust anchors and profiles', trust.reason)];
  const regions = [...trust.value];
  const hidden = regions.flatMap(([region, seen]) => (seen.status === 'unavailable' ? [{ region, reason: seen.reason }] : []));
  const [first] = hidden;
  return [
    ...regions.flatMap(([region, seen]) =>
      seen.status === 'unavailable' ? [] : [...anchorsIn(region, seen.value), ...profilesIn(region, seen.value, roles, facts)],
    ),
    ...(first
      ? [unseen(`trust anchors and profiles in ${summarizeList(hidden.map(({ region }) => region))}`, first.reason)]
      : []),
  ];
}

const anchorsIn = (region: string, { trustAnchors, crls }: RolesAnywhere): readonly AnchorSubject[] =>
  trustAnchors
    .filter(({ enabled }) => enabled)
    .map((anchor) => ({
      resource: { type: 'AwsRolesAnywhereTrustAnchor', arn: anchor.arn, name: anchor.name, id: anchor.arn },
      region,
      anchor,
      crls: crls.filter(({ trustAnchorArn }) => trustAnchorArn === anchor.arn),
    }));

function profilesIn(
  region: string,
  { profiles }: RolesAnywhere,
  roles: readonly TrustSubject[],
  { access }: AnywhereFacts,
): readonly ProfileSubject[] {
  const isAdmin = ({ role }: TrustSubject) => {
    const verdict = access.get(role.arn);
    return verdict !== undefined && isAdminCapable(verdict);
  };
  return profiles
    .filter(({ enabled }) => enabled)
    .flatMap((profile) => {
      const given = roles.filter(({ role }) => profile.roleArns.includes(role.arn));
      const worst = given.find(isAdmin) ?? given[0];
      if (worst === undefined) return [];
      return {
        resource: { type: 'AwsRolesAnywhereProfile', arn: profile.arn, name: profile.name, id: profile.arn },
        principalArn: worst.role.arn,
        region,
        profile,
        roles: given.map(({ role }) => role.name),
      };
    });
}

/**
 * Whether a certificate can be revoked. AWS documents only that the service checks imported lists. This includes certificates of AWS
 * Private CA.
 * https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_ImportCrl.html
 */
export function judgeAnchor({ region, anchor, crls }: AnchorSubject): Judgement {
  if (crls.some(({ enabled }) => enabled)) return pass;
  return fail(`IAM Roles Anywhere trust anchor ${anchor.name} in ${region} accepts revoked certificates`, {
    message: 'No certificate revocation list (CRL) is enabled for it.',
    evidence: { region, source: anchor.source, listsNotInUse: crls.map(({ name }) => name) },
  });
}

/** Whether sessions get less than the permissions of the roles. */
export function judgeProfile({ region, profile, roles }: ProfileSubject): Judgement {
  if (profile.narrowsSessions) return pass;
  return fail(`IAM Roles Anywhere profile ${profile.name} in ${region} has no session policy`, {
    message: `Its sessions get all permissions of ${roles.length === 1 ? 'role' : 'roles'} ${summarizeList(roles)}.`,
    evidence: { region, roles },
  });
}

/** How to make a trust anchor reject revoked certificates. */
export function anchorStep({ region, anchor, crls }: AnchorSubject): string {
  const [crl] = crls;
  if (crl) return `Enable its revocation list: ${cli('rolesanywhere enable-crl', { region, 'crl-id': crl.id })}`;
  const command = cli('rolesanywhere import-crl --enabled', {
    region,
    name: anchor.name,
    'trust-anchor-arn': anchor.arn,
    'crl-data': 'fileb://crl.pem',
  });
  const from = anchor.source === 'AWS_ACM_PCA' ? ', which AWS Private CA writes to Amazon S3 in DER format' : '';
  const inPem = anchor.source === 'AWS_ACM_PCA' ? 'openssl crl -inform DER -in crl.der -out crl.pem && ' : '';
  return `Import the revocation list (CRL) of the certificate authority${from}. Replace it with the UpdateCrl action whenever the authority publishes a new one. To import it: ${inPem}${command}`;
}

/** How to restrict the sessions of a profile. */
export const profileStep = ({ region, profile }: ProfileSubject): string =>
  `Write a policy with only the permissions that the sessions need to session-policy.json. Add it to the profile: ${cli('rolesanywhere update-profile', { region, 'profile-id': profile.id, 'session-policy': 'file://session-policy.json' })}`;
