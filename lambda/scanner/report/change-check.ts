import type { Change, ChangeKind, ChangePart } from '../model/change.ts';
import type { LimitedPrincipal } from '../model/limited-principal.ts';
import { type ReachEntry, type VerdictWithReach } from '../model/reach.ts';
import type { Report } from '../model/report.ts';
import { isAtLeast } from '../model/severity.ts';
import { type Step, isAdminCapable } from '../model/verdict.ts';
import type { ChangeReport } from './changes.ts';

/** Whether a change of policies gives someone administrator access; `cannot-tell`: something that decides it is not known. */
export type ChangeResult = 'gives-admin' | 'gives-no-admin' | 'cannot-tell';

/** A change that gives administrator access, and how. */
export interface AdminGain {
  readonly change: Change;
  /** The paths to admin of its own account and of the accounts that it reaches now; empty: the principal is outside of the account. */
  readonly paths: readonly { readonly account: string; readonly path: readonly Step[] }[];
}

/** What a change of policies does, as `check-change` prints it. */
export interface ChangeCheck extends ChangeReport {
  readonly result: ChangeResult;
  readonly gains: readonly AdminGain[];
  /** Of a new SCP or RCP: the principals that may do less than before. */
  readonly limited?: readonly LimitedPrincipal[];
}

/** The parts of an account that decide who may do what. What is not known of the others decides nothing here. */
const deciding: ReadonlySet<ChangePart> = new Set<ChangePart>([
  ...(['access', 'identities', 'permissions', 'policies', 'trust-policies', 'organization-policies'] as const),
  ...(['identity-center', 'identity-providers', 'certificate-trust'] as const),
]);

/** Changes that give access to people or programs outside of the account, which have no verdict of their own. */
const opening: ReadonlySet<ChangeKind> = new Set<ChangeKind>(['assignment-added', 'provider-added', 'provider-changed']);
const trusting: ReadonlySet<ChangeKind> = new Set<ChangeKind>(['trust-widened', 'trust-changed']);

/** Picks from all changes those that give administrator access, and says how. `admins` are the verdicts after the change. */
export function checkChange(report: ChangeReport, admins: Report['admins']): ChangeCheck {
  const byArn = new Map(admins.map((admin) => [admin.arn, admin]));
  const gains = report.changes
    .filter((change) => givesAdmin(change, byArn.get(change.resource.arn)))
    .map((change) => ({ change, paths: pathsOf(change, byArn.get(change.resource.arn)) }));
  const notCompared = report.notCompared.filter(({ part }) => deciding.has(part));
  const isKnown = notCompared.length + report.onlyOnce.length === 0;
  return {
    result: gains.length > 0 ? 'gives-admin' : isKnown ? 'gives-no-admin' : 'cannot-tell',
    gains,
    ...report,
    notCompared,
  };
}

/** Landing-zone roles count too: anyone can give a role their name. */
function givesAdmin({ kind, severity }: Change, verdict: VerdictWithReach | undefined): boolean {
  if (kind === 'access-gained') return isAtLeast(severity, 'LOW');
  if (opening.has(kind)) return isAtLeast(severity, 'HIGH');
  return trusting.has(kind) && verdict !== undefined && (isAdminCapable(verdict) || (verdict.reachedAccounts?.count ?? 0) > 0);
}

/** Of other accounts those that the change names. */
function pathsOf({ account, kind, evidence }: Change, verdict: VerdictWithReach | undefined): AdminGain['paths'] {
  if (kind !== 'access-gained' || verdict === undefined) return [];
  const gained = evidence['accounts'];
  const isGained = ({ account: other }: ReachEntry) => Array.isArray(gained) && gained.includes(other);
  return [
    ...(verdict.path.length > 0 ? [{ account, path: verdict.path }] : []),
    ...(verdict.reach ?? []).filter(isGained).map(({ account: other, path }) => ({ account: other, path })),
  ];
}
