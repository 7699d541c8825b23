import type { MemberAccount } from '../facts/organization-parts/accounts.ts';
import type { Organization, OrganizationMembers } from '../facts/organization.ts';
import type { Account } from '../iam/account.ts';
import type { OrganizationSnapshot } from '../facts/organization-parts/organization-snapshot.ts';
import { ifCollected } from '../model/observed.ts';

/** The root or an organizational unit, with its name for people. */
export interface OrganizationNode {
  readonly id: string;
  readonly name: string;
}

/** The ARN of the root, an organizational unit or an account, by its id. */
export const arnInOrganization =
  ({ partition }: Pick<Account, 'partition'>, { id, managementAccountId }: Pick<Organization, 'id' | 'managementAccountId'>) =>
  (target: string): string => {
    const kind = target.startsWith('r-') ? 'root' : target.startsWith('ou-') ? 'ou' : 'account';
    return `arn:${partition}:organizations::${managementAccountId}:${kind}/${id}/${target}`;
  };

/** An upper bound on the path: AWS allows five levels of organizational units below the root. */
const MOST_LEVELS = 20;

/** The root and the organizational units above the account, the root first; undefined where they are not known. */
export function ancestorsOf(organization: OrganizationSnapshot, account: MemberAccount): readonly OrganizationNode[] | undefined {
  const ids = account.ancestors ?? climb(organization, account.parentId);
  return ids?.map((id) => ({ id, name: nameOf(organization, id) }));
}

/**
 * The path of the account, as condition keys such as `aws:PrincipalOrgPaths` have it: `o-exampleorgid/r-ab12/ou-ab12-11111111/`.
 * Unlike `Paths` in the answers of Organizations, it ends with the organizational unit and not with the account: an account directly
 * in a unit equals the path of the unit.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgpaths
 */
export function organizationPathOf(organization: OrganizationSnapshot, account: MemberAccount): string | undefined {
  const ancestors = ancestorsOf(organization, account);
  if (ancestors === undefined || organization.Organization.status === 'unavailable') return undefined;
  return [organization.Organization.value.id, ...ancestors.map(({ id }) => id), ''].join('/');
}

/** The member accounts, and where they lie; undefined where the accounts are not known. */
export function membersOf(organization: OrganizationSnapshot): OrganizationMembers | undefined {
  const { Accounts, Organization } = organization;
  if (Accounts.status === 'unavailable') return undefined;
  const management = ifCollected(Organization)?.managementAccountId;
  const members = Accounts.value.filter(({ id }) => id !== management);
  return new Map(members.map((account) => [account.id, account.ancestors ?? climb(organization, account.parentId)]));
}

/** Where accounts can lie: the root and the organizational units, each as the end of its path. What is not known is left out. */
export function parentsOf(organization: OrganizationSnapshot): readonly (readonly string[])[] {
  const ofAccounts = [...(membersOf(organization)?.values() ?? [])].flatMap((above) => (above === undefined ? [] : [above]));
  const ofUnits = (ifCollected(organization.OrganizationalUnits) ?? []).flatMap(({ id }) => [climb(organization, id) ?? []]);
  const paths = [...ofAccounts, ...ofUnits].flatMap((path) => path.map((_, depth) => path.slice(0, depth + 1)));
  return [...new Map(paths.map((path) => [path.at(-1), path])).values()];
}

/** The ids from the root down to the parent; undefined where a level is missing. */
function climb(
  { OrganizationalUnits, Roots }: OrganizationSnapshot,
  parentId: string | undefined,
): readonly string[] | undefined {
  if (parentId === undefined) return undefined;
  const parents = new Map(ifCollected(OrganizationalUnits)?.map((unit) => [unit.id, unit]) ?? []);
  const roots = new Set(ifCollected(Roots)?.map(({ id }) => id) ?? []);
  const ids: string[] = [];
  for (let id: string | undefined = parentId; id !== undefined && ids.length < MOST_LEVELS; id = parents.get(id)?.parentId) {
    ids.unshift(id);
    if (roots.has(id) || id.startsWith('r-')) return ids;
  }
  return undefined;
}

function nameOf({ OrganizationalUnits, Roots }: OrganizationSnapshot, id: string): string {
  const units = ifCollected(OrganizationalUnits) ?? [];
  const roots = ifCollected(Roots) ?? [];
  const unit = units.find((candidate) => candidate.id === id);
  if (unit) return `organizational unit ${unit.name || id}`;
  return roots.some((root) => root.id === id) || id.startsWith('r-') ? 'root' : id;
}
