import type { Account } from '../iam/account.ts';
import type { OrgWideTechnique } from './org-wide-techniques.ts';
import { ifCollected } from '../model/observed.ts';

/** A call that turns on what a technique needs; `service`: what it gives trusted access to. */
export interface Enabling {
  readonly action: string;
  readonly service?: string;
}

const ENABLE = 'organizations:EnableAWSServiceAccess';

/**
 * The calls of the management account that give a service trusted access. What else IAM Identity Center needs is not known.
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_EnableAWSServiceAccess.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ActivateOrganizationsAccess.html
 */
const callsFor: Readonly<Record<string, readonly string[]>> = {
  'account.amazonaws.com': [ENABLE],
  'iam.amazonaws.com': [ENABLE],
  'member.org.stacksets.cloudformation.amazonaws.com': [ENABLE, 'cloudformation:ActivateOrganizationsAccess'],
};

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableOrganizationsRootCredentialsManagement.html */
const callsForFeature = {
  RootCredentialsManagement: 'iam:EnableOrganizationsRootCredentialsManagement',
  RootSessions: 'iam:EnableOrganizationsRootSessions',
} as const;

/**
 * What has to be turned on before a technique works in the account; undefined: it never does. Only the management account turns
 * anything on. A feature of which it is not known whether it is on counts as on, unless IAM has no trusted access.
 */
export function enablingsOf(
  { services, ofManagement, rootFeature }: OrgWideTechnique,
  { accountId, facts: { organization, rootFeatures } }: Account,
): readonly Enabling[] | undefined {
  const known = ifCollected(organization);
  if (known === undefined) return undefined;
  const { managementAccountId, administers, trustedServices = [] } = known;
  const isManagement = managementAccountId === accountId;
  const isTrusted = (service: string) => trustedServices.includes(service);
  if (ofManagement) return isManagement && services.some(isTrusted) ? [] : undefined;
  if (!isManagement && !services.every((service) => isTrusted(service) && administers?.includes(service))) return undefined;
  const untrusted = services.filter((service) => !isTrusted(service));
  if (untrusted.some((service) => callsFor[service] === undefined)) return undefined;
  const access = untrusted.flatMap((service) => (callsFor[service] ?? []).map((action): Enabling => ({ action, service })));
  const features = ifCollected(rootFeatures);
  const isOff = features === undefined ? untrusted.includes('iam.amazonaws.com') : !features.includes(rootFeature ?? '');
  if (rootFeature === undefined || !isOff) return access;
  return isManagement ? [...access, { action: callsForFeature[rootFeature] }] : undefined;
}
