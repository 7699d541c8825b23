import { accountSubject } from '../../model/account-subject.ts';
import { type CheckContext, type Judgement, type Subject, fail, pass } from '../../check.ts';
import { cli } from '../../model/command.ts';
import type { AnywhereProfile, Crl, RolesAnywhere, TrustAnchor } from '../../facts/roles-anywhere.ts';
import type { Facts } from '../../facts/snapshot.ts';
import { isAdminCapable } from '../../model/verdict.ts';
import { commercialForm } from '../../policy/service-principal.ts';
import { someOf } from './some-of.ts';
import { type Guest, type TrustSubject, guests, trustSubjects } from './trust.ts';

/** A trust anchor in use. */
export interface AnchorSubject extends Subject {
  readonly region: string;
  readonly anchor: TrustAnchor;
  /** The revocation lists for it, in use or not. */
  readonly crls: readonly Crl[];
}

/** A profile in use that gives sessions of roles which IAM Roles Anywhere may assume. */
export interface ProfileSubject extends Subject {
  readonly region: string;
  readonly profile: AnywhereProfile;
  /** The names of these roles. */
  readonly roles: readonly string[];
}

/** Trust anchors and profiles that could not be seen; the text says why. It is of the account, once. */
export interface UnseenAnywhere extends Subject {
  readonly unseen: string;
}

/** Whether a principal of a trust policy is IAM Roles Anywhere, which comes for the bearer of a certificate. */
export const isRolesAnywhere = ({ principal: { type, value } }: Guest): boolean =>
  type === 'Service' && commercialForm(value) === 'rolesanywhere.amazonaws.com';

/** The roles whose trust policy lets IAM Roles Anywhere in. */
export const rolesForCertificates = (facts: Pick<Facts, 'identities'>): readonly TrustSubject[] =>
  trustSubjects(facts).filter(({ trust }) => trust.kind !== 'malformed' && guests(trust).some(isRolesAnywhere));

type AnywhereFacts = Pick<Facts, 'identities' | 'access' | 'certificateTrust'>;

/** What certificates come in by, besides the roles; none where no role takes any, since then it opens nothing. */
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
    ...(first ? [unseen(`trust anchors and profiles in ${someOf(hidden.map(({ region }) => region))}`, first.reason)] : []),
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
 * Whether a certificate can be revoked. AWS documents that the service consults the lists that were imported, and of no other way,
 * whoever signed it, AWS Private CA included.
 * https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_ImportCrl.html
 */
export function judgeAnchor({ region, anchor, crls }: AnchorSubject): Judgement {
  if (crls.some(({ enabled }) => enabled)) return pass;
  return fail(
    `Trust anchor ${anchor.name} in ${region} takes certificates that its authority has revoked: no revocation list is in use for it.`,
    { evidence: { region, source: anchor.source, listsNotInUse: crls.map(({ name }) => name) } },
  );
}

/** Whether sessions get less than what the roles may do. */
export function judgeProfile({ region, profile, roles }: ProfileSubject): Judgement {
  if (profile.narrowsSessions) return pass;
  return fail(`Profile ${profile.name} in ${region} gives sessions all that ${someOf(roles)} may do: it has no session policy.`, {
    evidence: { region, roles },
  });
}

/** How to have a trust anchor refuse what was revoked. */
export function anchorStep({ region, anchor, crls }: AnchorSubject): string {
  const [crl] = crls;
  if (crl) return `Put its revocation list to use: ${cli('rolesanywhere enable-crl', { region, 'crl-id': crl.id })}`;
  const command = cli('rolesanywhere import-crl --enabled', {
    region,
    name: anchor.name,
    'trust-anchor-arn': anchor.arn,
    'crl-data': 'fileb://crl.pem',
  });
  const from = anchor.source === 'AWS_ACM_PCA' ? ', which AWS Private CA leaves in S3, in DER' : '';
  const inPem = anchor.source === 'AWS_ACM_PCA' ? 'openssl crl -inform DER -in crl.der -out crl.pem && ' : '';
  return `Import the revocation list of the authority${from}, and each new one in its place (update-crl): ${inPem}${command}`;
}

/** How to narrow the sessions of a profile. */
export const profileStep = ({ region, profile }: ProfileSubject): string =>
  `Write a policy of what the bearers need into session-policy.json, and give it to the profile: ${cli('rolesanywhere update-profile', { region, 'profile-id': profile.id, 'session-policy': 'file://session-policy.json' })}`;
