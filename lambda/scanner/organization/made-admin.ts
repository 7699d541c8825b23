import { type Account, fullAccess } from '../access/account.ts';
import { type RoleActor, isServiceLinked } from '../access/actor.ts';

/** The condition keys about a principal that whoever makes the principal decides. */
export const madeKeys = ['aws:principalarn', 'aws:principaltag/', 'aws:userid', 'aws:username', 'aws:principaltype'];

/** The name of a role that stands for whoever is, or becomes, admin of an account. */
export const MADE_ADMIN = 'made-by-admin';

/** The ARN of that role in an account. */
export const madeAdminArn = (partition: string, accountId: string): string =>
  `arn:${partition}:iam::${accountId}:role/${MADE_ADMIN}`;

/**
 * A role that an admin of the account makes: it is allowed everything, under the guardrails that hold for all principals there.
 * `settableKeys` are what its maker chooses of it; without them it is as plain as can be, and nothing that a guardrail spares.
 */
export function madeAdmin({ accountId, partition, actors }: Account, settableKeys: readonly string[] = []): RoleActor {
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
    guardrails: actors.find((actor) => !isServiceLinked(actor))?.guardrails ?? [],
    settableKeys,
  };
}
