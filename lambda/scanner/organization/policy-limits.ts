import { vocabulary } from '../iam/account.ts';
import type { PermissionLimit } from '../iam/principal.ts';
import type { GuardrailPolicy } from '../facts/organization-parts/policies.ts';
import type { OrganizationSnapshot } from '../facts/organization-parts/organization-snapshot.ts';
import type { MemberAccount } from '../facts/organization-parts/accounts.ts';
import { compileDocument } from '../policy/compile.ts';
import type { PolicyInForce } from '../policy/decide.ts';
import { ancestorsOf, parentsOf } from './hierarchy.ts';
import { ifCollected } from '../model/observed.ts';

/** Returns the limits that the organization puts on an account, outermost first. */
export type PolicyLimits = (accountId: string) => readonly PermissionLimit[];

const policyTypes = { scp: 'SERVICE_CONTROL_POLICY', rcp: 'RESOURCE_CONTROL_POLICY' } as const;
const fullAccessIds = new Set(['p-FullAWSAccess', 'p-RCPFullAWSAccess']);

/**
 * The SCPs and RCPs over each account: one limit for the root, for each organizational unit on the path, and for the account
 * itself, since each of these levels must allow a request. The management account has none.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 *
 * Where the policies could not be listed there are no limits, so that no principal looks weaker than it may be. An attached
 * policy that could not be read counts as a condition.
 */
export function createPolicyLimits(organization: OrganizationSnapshot): PolicyLimits {
  const { Organization, Accounts, Policies } = organization;
  if (Policies.status === 'unavailable' || Accounts.status === 'unavailable') return () => [];
  const management = ifCollected(Organization)?.managementAccountId;
  const accounts = new Map(Accounts.value.map((account) => [account.id, account]));
  const levels = createLevels(Policies.value);
  return (accountId) => {
    const account = accounts.get(accountId);
    if (account === undefined || accountId === management) return [];
    return limitsOver(organization, account, levels);
  };
}

/** A place of the organization where an account could be moved. */
export interface LimitsElsewhere {
  /** The targets above that have SCPs or RCPs, outermost first. */
  readonly below: readonly string[];
  /** What would limit the account there. */
  readonly limits: readonly PermissionLimit[];
}

/**
 * The places where an account could be moved, each with the SCPs and RCPs that would limit it there. Places below the same SCPs and RCPs
 * are one. Those that it has already are left out.
 */
export function createLimitsElsewhere(organization: OrganizationSnapshot): (accountId: string) => readonly LimitsElsewhere[] {
  const { Accounts, Policies } = organization;
  if (Policies.status === 'unavailable' || Accounts.status === 'unavailable') return () => [];
  const levels = createLevels(Policies.value);
  return (accountId) => {
    const account = Accounts.value.find(({ id }) => id === accountId);
    const own = account && ancestorsOf(organization, account)?.map(({ id }) => id);
    if (account === undefined || own === undefined) return [];
    const places = new Map<string, LimitsElsewhere>();
    for (const ancestors of parentsOf(organization)) {
      const limits = limitsOver(organization, { ...account, ancestors }, levels);
      const below = ancestors.filter((id) => limits.some(({ target }) => target === id));
      if (!below.every((id) => own.includes(id))) places.set(below.join(), { below, limits });
    }
    return [...places.values()];
  };
}

/** The SCPs over an account, then the RCPs. */
const limitsOver = (organization: OrganizationSnapshot, account: MemberAccount, levels: Levels): readonly PermissionLimit[] => [
  ...limitsForAccount(organization, account, 'scp', levels),
  ...limitsForAccount(organization, account, 'rcp', levels),
];

type Levels = (kind: PermissionLimit['kind'] & ('scp' | 'rcp'), targetId: string, name: string) => PermissionLimit | undefined;

function limitsForAccount(
  organization: OrganizationSnapshot,
  account: MemberAccount,
  kind: 'scp' | 'rcp',
  levels: Levels,
): readonly PermissionLimit[] {
  if (!isSwitchedOn(organization, kind)) return [];
  const ancestors = ancestorsOf(organization, account);
  if (ancestors === undefined)
    return [{ kind, name: `of the organizational units above account ${account.id}`, policies: 'unreadable' }];
  return [...ancestors, { id: account.id, name: `account ${account.name || account.id}` }].flatMap(
    ({ id, name }) => levels(kind, id, name) ?? [],
  );
}

/** A policy type that is not enabled at the root limits nothing. Where the answer does not tell, it counts as enabled. */
function isSwitchedOn({ Roots, Organization }: OrganizationSnapshot, kind: 'scp' | 'rcp'): boolean {
  if (Organization.status === 'collected' && !Organization.value.hasAllFeatures) return false;
  const types = ifCollected(Roots)?.[0]?.policyTypes;
  return types === undefined || types.includes(policyTypes[kind]);
}

/** The limit of each level, computed once: accounts share most of their levels. Undefined where the level allows everything. */
function createLevels(policies: readonly GuardrailPolicy[]): Levels {
  const known = new Map<string, PermissionLimit | undefined>();
  const byTarget = new Map<string, GuardrailPolicy[]>();
  for (const policy of policies)
    for (const target of policy.targets) byTarget.set(target, [...(byTarget.get(target) ?? []), policy]);

  const make: Levels = (kind, targetId, name) => {
    const attached = (byTarget.get(targetId) ?? []).filter((policy) => policy.kind === kind);
    // AWS does not allow detaching the last policy of a level: where none is visible, some are missing.
    if (attached.length === 0) return { kind, name: `of ${name}`, policies: 'unreadable' };
    if (attached.every(({ id }) => fullAccessIds.has(id))) return undefined;
    const own = attached.filter(({ id }) => !fullAccessIds.has(id));
    const inForce = attached.map((policy) => compiled(policy));
    return {
      kind,
      target: targetId,
      name: `${own.map((policy) => policy.name || policy.id).join(', ')} (${name})`,
      policies: inForce.every((policy) => policy !== undefined) ? inForce : 'unreadable',
    };
  };

  const compiled = ({ arn, document }: GuardrailPolicy): PolicyInForce | undefined => {
    const policy = document.status === 'collected' ? compileDocument(document.value, vocabulary) : undefined;
    return policy?.kind === 'compiled' ? { policy, origin: arn } : undefined;
  };

  return (kind, targetId, name) => {
    const key = `${kind} ${targetId}`;
    if (!known.has(key)) known.set(key, make(kind, targetId, name));
    return known.get(key);
  };
}
