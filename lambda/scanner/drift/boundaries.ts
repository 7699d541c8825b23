import { summarizeList } from '../check-support/wording/summarize-list.ts';
import type { Role, User } from '../facts/identity.ts';
import type { PermissionLimit, Principal } from '../iam/principal.ts';
import type { Change } from '../model/change.ts';
import { type Levels, compareLevels } from '../policy/queries/allows-more.ts';
import { type InBoth, principalLabel, principalResource } from './identity-pairs.ts';
import type { Comparison, Pair } from './pair.ts';
import { actionsOf } from './permissions-in-words.ts';

const nothing: Comparison = { changes: [], incomparable: [] };

/** A permissions boundary that was removed, set, or replaced by another one. A changed document is reported on the policy itself. */
export function compareBoundary(pair: Pair, { before, after }: InBoth<User | Role>, was: Principal, is: Principal): Comparison {
  if (before.boundaryArn === after.boundaryArn) return nothing;
  const resource = principalResource(after);
  if (was.boundary?.policies === 'unreadable' || is.boundary?.policies === 'unreadable')
    return { changes: [], incomparable: [{ part: 'permissions', resource, reason: 'its permissions boundary cannot be read' }] };
  const { gained, lost } = compareLevels(levels(is, was.boundary), levels(is, is.boundary));
  const common = {
    account: pair.after.snapshot.accountId,
    resource,
    evidence: { before: before.boundaryArn ?? null, after: after.boundaryArn ?? null, gained: actionsOf(gained) },
  };
  const label = principalLabel(after);
  const message = gained.length === 0 ? '' : `Its policies now allow: ${summarizeList(actionsOf(gained))}.`;
  if (after.boundaryArn === undefined)
    return only({
      ...{ ...common, message, kind: 'boundary-removed', effect: 'worse' },
      severity: gained.length > 0 ? 'HIGH' : 'MEDIUM',
      headline: `${label} no longer has a permissions boundary`,
    });
  if (gained.length > 0)
    return only({
      ...{ ...common, message, kind: 'boundary-widened', effect: 'worse', severity: 'HIGH' },
      headline: `${label} has a permissions boundary that allows more than the earlier one`,
    });
  return only({
    ...{ ...common, message, kind: 'boundary-set', effect: lost.length > 0 ? 'better' : 'neutral', severity: 'INFORMATIONAL' },
    headline: `${label} has ${before.boundaryArn === undefined ? 'a' : 'another'} permissions boundary`,
  });
}

const only = (change: Change): Comparison => ({ changes: [change], incomparable: [] });

const levels = ({ policies }: Principal, boundary: PermissionLimit | undefined): Levels => [
  policies,
  ...(boundary === undefined || boundary.policies === 'unreadable' ? [] : [boundary.policies]),
];
