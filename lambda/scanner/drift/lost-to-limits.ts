import type { OrganizationSnapshot } from '../facts/organization-parts/organization-snapshot.ts';
import type { Snapshot } from '../facts/snapshot.ts';
import { type Account, compileAccount } from '../iam/account.ts';
import { can } from '../iam/authorization.ts';
import type { Principal } from '../iam/principal.ts';
import type { LimitedPrincipal } from '../model/limited-principal.ts';
import { createPlacement } from '../organization/placement.ts';
import { parsePolicy } from '../policy/parse.ts';
import { type AllowedMore, type Levels, compareLevels } from '../policy/queries/allows-more.ts';
import { actionsOf } from './permissions-in-words.ts';

/**
 * The users and roles of the accounts that can no longer do what their own policies allow, because the organization has other SCPs than
 * before. Accounts whose identities could not be read have none.
 */
export function lostToLimits(
  snapshots: readonly Snapshot[],
  [before, after]: readonly [OrganizationSnapshot | undefined, OrganizationSnapshot | undefined],
): readonly LimitedPrincipal[] {
  const [earlier, later] = [createPlacement(before), createPlacement(after)];
  return snapshots.flatMap((snapshot) => {
    const { identities } = snapshot.facts;
    if (identities.status === 'unavailable') return [];
    const compiled = (place: typeof earlier) => {
      const placed = place(snapshot);
      return compileAccount(placed.snapshot, identities.value, placed.limits);
    };
    return lostIn(compiled(earlier), compiled(later));
  });
}

const lostIn = (earlier: Account, later: Account): readonly LimitedPrincipal[] =>
  earlier.principals.flatMap((was) => {
    const is = later.principalsByArn.get(was.arn);
    if (is === undefined || namesOf(was) === namesOf(is)) return [];
    const { lost, isUnclear } = compareLevels(levelsOf(was), levelsOf(is));
    const outcomes = lost.map((request) => ({ request, outcome: outcomeOf([earlier, was], [later, is], request) }));
    const of = (wanted: Outcome) => actionsOf(outcomes.flatMap(({ request, outcome }) => (outcome === wanted ? request : [])));
    const [actions, conditionalActions] = [of('lost'), of('conditional')];
    if (actions.length + conditionalActions.length === 0 && !isUnclear) return [];
    return [{ account: earlier.accountId, arn: was.arn, services: servicesOf(was), actions, conditionalActions }];
  });

type Outcome = 'lost' | 'conditional' | 'kept';

/** Decided for the principal itself: an SCP can leave principals out. */
function outcomeOf(
  [earlier, was]: readonly [Account, Principal],
  [later, is]: readonly [Account, Principal],
  { action, resource }: AllowedMore,
): Outcome {
  const [old, current] = [can(earlier, was, action, resource), can(later, is, action, resource)];
  if (old.kind === 'refused') return 'kept';
  if (current.kind === 'refused') return 'lost';
  return JSON.stringify(old.conditions) === JSON.stringify(current.conditions) ? 'kept' : 'conditional';
}

const namesOf = ({ scpLimits }: Principal): string => JSON.stringify(scpLimits.map(({ name }) => name));

const levelsOf = ({ policies, boundary, scpLimits }: Principal): Levels => [
  policies,
  ...[...(boundary === undefined ? [] : [boundary]), ...scpLimits].flatMap((limit) =>
    limit.policies === 'unreadable' ? [] : [limit.policies],
  ),
];

function servicesOf(principal: Principal): readonly string[] {
  const trust = principal.kind === 'role' ? parsePolicy(principal.identity.trustPolicy) : undefined;
  if (trust?.kind !== 'policy') return [];
  const entries = trust.statements.flatMap(({ effect, principal: named }) => (effect === 'Allow' ? (named?.entries ?? []) : []));
  return [...new Set(entries.flatMap(({ type, value }) => (type === 'Service' ? value : [])))].toSorted();
}
