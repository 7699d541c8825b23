import type { Organization, OrganizationMembers } from '../facts/organization.ts';
import type { Account } from '../iam/account.ts';
import { actionSet, mayAllowAny } from '../iam/action-prefilter.ts';
import { type Grant, allOf, openConditions } from '../iam/authorization-result.ts';
import { can } from '../iam/authorization.ts';
import type { Principal } from '../iam/principal.ts';
import { getOrCreate } from '../model/get-or-create.ts';
import type { GuardrailChange } from './edges.ts';
import { arnInOrganization } from './hierarchy.ts';

/** The call that moves an account to another organizational unit, or to the root. */
export const MOVE = 'organizations:MoveAccount';

const move = actionSet([MOVE]);
const noMembers: OrganizationMembers = new Map();

/** A place to move accounts to, and the SCPs and RCPs there: the targets that have them. */
interface Destination {
  readonly below: readonly string[];
  readonly grant: Grant;
}

/**
 * How the principal moves accounts away from SCPs and RCPs. The account, the place where it is and the one to which it comes must all be
 * allowed.
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_MoveAccount.html
 */
export function accountMoves(account: Account, principal: Principal, organization: Organization): readonly GuardrailChange[] {
  const { members = noMembers, parents, attachments = [] } = organization;
  if (parents === undefined || !mayAllowAny(principal, move)) return [];
  const limited = new Set(attachments.map(({ target }) => target));
  const arnOf = arnInOrganization(account, organization);
  const asked = new Map<string, ReturnType<typeof can>>();
  const may = (target: string) => getOrCreate(asked, target, () => can(account, principal, MOVE, arnOf(target)));

  const destinations = new Map<string, Destination>();
  for (const path of parents) {
    const below = path.filter((id) => limited.has(id));
    const grant = may(path.at(-1) ?? '');
    const known = destinations.get(below.join());
    if (grant.kind === 'granted' && !(known && known.grant.conditions.length <= grant.conditions.length))
      destinations.set(below.join(), { below, grant });
  }
  if (destinations.size === 0) return [];

  const groups = new Map<string, { readonly grant: Grant; readonly accounts: Map<string, string> }>();
  for (const [id, path] of members) {
    if (!path?.some((above) => limited.has(above))) continue;
    const grant = allOf(
      () => may(id),
      () => may(path.at(-1) ?? ''),
    );
    if (grant.kind === 'refused') continue;
    const group = getOrCreate(groups, JSON.stringify([grant.statements, grant.conditions]), () => ({
      grant,
      accounts: new Map(),
    }));
    group.accounts.set(id, arnOf(id));
  }
  return [...groups.values()].flatMap(({ grant, accounts }) =>
    [...destinations.values()].flatMap((destination) => changeOf(principal, Object.fromEntries(accounts), destination, grant)),
  );
}

function changeOf(
  { arn: from }: Principal,
  accounts: Readonly<Record<string, string>>,
  { below, grant: into }: Destination,
  out: Grant,
): readonly GuardrailChange[] {
  const answer = allOf(
    () => out,
    () => into,
  );
  if (answer.kind === 'refused') return [];
  const step = {
    rule: 'move-account',
    title: 'Move the account to where these SCPs and RCPs do not apply',
    ...{ aliases: [], actions: [MOVE], from, to: '', statements: answer.statements },
  };
  return [{ from, step, conditions: openConditions(answer), lift: { by: 'moving', accounts, below } }];
}
