import type { PermissionLimit } from '../iam/principal.ts';
import type { OrganizationSnapshot } from '../facts/organization-parts/organization-snapshot.ts';
import type { Snapshot } from '../facts/snapshot.ts';
import { collected, ifCollected } from '../model/observed.ts';
import { type LimitsElsewhere, createLimitsElsewhere, createPolicyLimits } from './policy-limits.ts';
import { membersOf, organizationPathOf, parentsOf } from './hierarchy.ts';

/** An account with what the organization adds: its place and its limits. */
export interface PlacedAccount<S extends Omit<Snapshot, 'calls'> = Snapshot> {
  readonly snapshot: S;
  readonly limits: readonly PermissionLimit[];
  /** What would limit it in other places. */
  readonly elsewhere: () => readonly LimitsElsewhere[];
  /** Whether the organization is known not to have it. */
  readonly isOutside: boolean;
}

const unplaced = { limits: [], elsewhere: () => [], isOutside: false } as const;

/** Adds to each account its place in the organization; without an organization, accounts stay as they are. */
export function createPlacement(
  organization: OrganizationSnapshot | undefined,
): <S extends Omit<Snapshot, 'calls'>>(snapshot: S) => PlacedAccount<S> {
  if (organization === undefined) return (snapshot) => ({ ...unplaced, snapshot });
  const limits = createPolicyLimits(organization);
  const limitsElsewhere = createLimitsElsewhere(organization);
  const { Organization, Accounts } = organization;
  const accounts = new Map(ifCollected(Accounts)?.map((account) => [account.id, account]) ?? []);
  const members = membersOf(organization);
  return (snapshot) => {
    const account = accounts.get(snapshot.accountId);
    if (account === undefined || Organization.status === 'unavailable')
      return { ...unplaced, snapshot, isOutside: account === undefined && Accounts.status === 'collected' };
    const { id, managementAccountId } = Organization.value;
    const path = organizationPathOf(organization, account);
    const isManagement = managementAccountId === snapshot.accountId;
    const administration = administers(organization, snapshot.accountId);
    const own = collected({
      id,
      managementAccountId,
      ...(path === undefined ? {} : { path }),
      ...administration,
      ...(members !== undefined && (isManagement || administration.administers?.length) ? { members } : {}),
      ...trustedServices(organization),
      ...(isManagement ? { ...attachments(organization), parents: parentsOf(organization) } : delegation(organization)),
    });
    return {
      snapshot: { ...snapshot, facts: { ...snapshot.facts, organization: own } },
      limits: limits(snapshot.accountId),
      elsewhere: () => limitsElsewhere(snapshot.accountId),
      isOutside: false,
    };
  };
}

const administers = ({ DelegatedAdministrators }: OrganizationSnapshot, id: string) =>
  DelegatedAdministrators.status === 'unavailable'
    ? {}
    : {
        administers: DelegatedAdministrators.value.flatMap(({ accountId, service }) => (accountId === id ? service : [])),
      };

/** What member accounts may do is in the policy itself. */
function delegation(organization: OrganizationSnapshot) {
  const { ResourcePolicy } = organization;
  return ResourcePolicy.status === 'unavailable' || ResourcePolicy.value === undefined
    ? {}
    : { ...attachments(organization), resourcePolicy: ResourcePolicy.value };
}

/** Those that AWS manages cannot be changed, and allow everything. */
const attachments = ({ Policies }: OrganizationSnapshot) =>
  Policies.status === 'unavailable'
    ? {}
    : {
        attachments: Policies.value.flatMap(({ kind, arn, isAwsManaged, targets }) =>
          isAwsManaged ? [] : targets.map((target) => ({ kind, policy: arn, target })),
        ),
      };

const trustedServices = ({ EnabledServicePrincipals }: OrganizationSnapshot) =>
  EnabledServicePrincipals.status === 'unavailable' ? {} : { trustedServices: EnabledServicePrincipals.value };
