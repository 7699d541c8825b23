import { getOrCreate } from '../model/get-or-create.ts';
import type { Account, CompiledGroup } from '../iam/account.ts';
import {
  actionSet,
  allowedActions,
  firstLacking,
  includesEveryAction,
  intersects,
  widelyAllowedActions,
} from '../iam/action-prefilter.ts';
import type { Principal } from '../iam/principal.ts';
import { hasAction } from '../policy/vocabulary.ts';
import { grantAdminTechniques } from '../techniques/iam/grant-admin.ts';
import { hasFullAccess } from './identity-changes/gains.ts';
import { selfChangeActions } from './self-escalation.ts';

const grantAdminActions = actionSet(grantAdminTechniques.flatMap(({ actions }) => actions));

/** Actions that make a group worth joining: they grant permissions, or remove a limit that blocks granting them. */
const furtherActions = actionSet([...grantAdminTechniques.flatMap(({ actions }) => actions), ...selfChangeActions]);

/**
 * Prefilter: finds the groups as a member of which a target may be admin, after so many more steps. Nearly all groups add nothing that
 * could lead further, and no group adds to full access: a Deny remains.
 */
export function createGroupFilter(account: Account): (target: Principal, steps: number) => readonly CompiledGroup[] {
  const groups = [...account.groups.values()];
  const candidates = new Map<number, readonly CompiledGroup[]>();
  /** The groups that may give further actions, or full access to an identity that lacks this action. */
  const candidatesFor = (lacking: number): readonly CompiledGroup[] =>
    getOrCreate(candidates, lacking, () =>
      groups.filter(
        ({ policies }) =>
          hasAction(widelyAllowedActions(policies), lacking) || intersects(allowedActions(policies), furtherActions),
      ),
    );
  return (target, steps) => {
    if (target.kind !== 'user' || hasFullAccess(target)) return [];
    const widely = widelyAllowedActions(target.policies);
    const own = allowedActions(target.policies);
    const lacking = firstLacking(widely);
    return (lacking === undefined ? groups : candidatesFor(lacking)).filter(({ name, policies }) => {
      if (target.groups.includes(name)) return false;
      if (includesEveryAction(widely, widelyAllowedActions(policies))) return true;
      const more = allowedActions(policies);
      if (!intersects(more, furtherActions)) return false;
      return (
        includesEveryAction(own, more) ||
        (steps > 0 && (intersects(more, grantAdminActions) || intersects(own, grantAdminActions)))
      );
    });
  };
}
