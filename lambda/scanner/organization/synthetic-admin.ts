import { type Account, fullAccess } from '../iam/account.ts';
import { type RolePrincipal, isServiceLinked } from '../iam/principal.ts';
import type { RequestKeys } from '../iam/request-context.ts';

/** The condition keys about a principal that the creator of the principal controls. */
export const syntheticAdminKeys = ['aws:principalarn', 'aws:principaltag/', 'aws:userid', 'aws:username', 'aws:principaltype'];

/**
 * The values among which its creator chooses: the name of a role or user of the account that is not reserved to AWS.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
 */
export const syntheticAdminValues =
  (partition: string, accountId: string): RequestKeys =>
  (key) => {
    if (key === 'aws:principaltype') return { among: ['AssumedRole', 'User'] };
    if (key !== 'aws:principalarn') return undefined;
    const own = `arn:${partition}:iam::${accountId}`;
    return {
      among: [`${own}:role/*`, `${own}:user/*`],
      except: [`${own}:role/aws-reserved/*`, `${own}:role/aws-service-role/*`],
    };
  };

/** The name of the synthetic admin: a role that stands for every principal that is, or becomes, admin of an account. */
export const SYNTHETIC_ADMIN = 'made-by-admin';

/** The ARN of the synthetic admin of an account. */
export const syntheticAdminArn = (partition: string, accountId: string): string =>
  `arn:${partition}:iam::${accountId}:role/${SYNTHETIC_ADMIN}`;

/**
 * The synthetic admin: a role that an admin of the account creates. It is allowed everything, within the SCPs that apply to all
 * principals there. `settableKeys` are condition keys that its creator controls. Without them no SCP exempts it.
 */
export function syntheticAdmin(
  { accountId, partition, principals }: Account,
  settableKeys: readonly string[] = [],
): RolePrincipal {
  const arn = syntheticAdminArn(partition, accountId);
  return {
    kind: 'role',
    arn,
    identity: {
      ...{ name: SYNTHETIC_ADMIN, id: '', arn, path: '/', tags: new Map(), trustPolicy: null },
      ...{ inlinePolicies: [], attachedPolicies: [], instanceProfiles: [] },
    },
    policies: [fullAccess],
    unreadable: [],
    groups: [],
    scpLimits: principals.find((principal) => !isServiceLinked(principal))?.scpLimits ?? [],
    settableKeys,
  };
}
