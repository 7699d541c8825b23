import { type Account, fullAccess } from '../access/account.ts';
import { type RolePrincipal, isServiceLinked } from '../access/actor.ts';

/** The condition keys about a principal that the creator of the principal controls. */
export const madeKeys = ['aws:principalarn', 'aws:principaltag/', 'aws:userid', 'aws:username', 'aws:principaltype'];

/** The name of the synthetic admin: a role that stands for every principal that is, or becomes, admin of an account. */
export const MADE_ADMIN = 'made-by-admin';

/** The ARN of the synthetic admin of an account. */
export const madeAdminArn = (partition: string, accountId: string): string =>
  `arn:${partition}:iam::${accountId}:role/${MADE_ADMIN}`;

/**
 * The synthetic admin: a role that an admin of the account creates. It is allowed everything, within the SCPs that apply to all
 * principals there. `settableKeys` are condition keys that its creator controls. Without them no SCP exempts it.
 */
export function madeAdmin({ accountId, partition, principals }: Account, settableKeys: readonly string[] = []): RolePrincipal {
  const arn = madeAdminArn(partition, accountId);
  return {
    kind: 'role',
    arn,
    identity: {
      ...{ name: MADE_ADMIN, id: '', arn, path: '/', tags: new Map(), trustPolicy: null },
      ...{ inlinePolicies: [], attachedPolicies: [], instanceProfiles: [] },
    },
    policies: [fullAccess],
    unreadable: [],
    groups: [],
    scpLimits: principals.find((principal) => !isServiceLinked(principal))?.scpLimits ?? [],
    settableKeys,
  };
}
