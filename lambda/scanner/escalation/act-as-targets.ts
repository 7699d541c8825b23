import { mayAllowAll } from '../iam/action-prefilter.ts';
import { createAllowIndex } from '../iam/allow-index.ts';
import type { Counts } from '../iam/authorization-result.ts';
import type { Principal } from '../iam/principal.ts';
import { ASSUME_ROLE } from '../iam/trust-policy.ts';
import { getOrCreate } from '../model/get-or-create.ts';
import { type ImpersonationTechnique, mayUse } from '../techniques/technique.ts';
import type { Budget } from './budget.ts';
import { mayWork } from './precheck.ts';
import type { SearchState } from './state.ts';
import { indexTrustNames, namesInTrust } from './trust-names.ts';

/** An identity that an actor can act as, and how. */
export type ActAsTarget = readonly [target: Principal, technique: ImpersonationTechnique];

const assumption = [ASSUME_ROLE];
const isAssumption = (technique: ImpersonationTechnique): boolean => technique.isAssumption ?? false;

/**
 * Finds the identities that an actor can act as in one step, in the order of the account, within the budget of attempts; the actor may
 * be a changed one.
 */
export function createTargetSearch(
  { certain, graph: { account, techniquesFor } }: Pick<SearchState, 'certain' | 'graph'>,
  counts: Counts,
  budget: Budget,
): (actor: Principal) => readonly ActAsTarget[] {
  const known = new Map<Principal, readonly ActAsTarget[]>();
  const place = new Map(account.principals.map((principal, index) => [principal, index]));
  const byTechniques = new Map<readonly ImpersonationTechnique[], Principal[]>();
  for (const target of account.principals) getOrCreate(byTechniques, techniquesFor(target), () => []).push(target);
  const byName = indexTrustNames(account);
  const isUsable = (actor: Principal, technique: ImpersonationTechnique): boolean =>
    mayUse(actor, technique) &&
    mayWork(account, technique, actor, certain) &&
    (technique.alone === undefined || counts(technique.alone(account, actor)));
  const findTargets = (actor: Principal): readonly ActAsTarget[] => {
    const mayAssume = mayAllowAll(actor, assumption);
    const index = createAllowIndex([actor]);
    const succeeds = (technique: ImpersonationTechnique, target: Principal): boolean => {
      if (certain && technique.isNeverCertain?.(account, target)) return false;
      if (!isAssumption(technique) && isEmpty(technique.candidates(account, index, target))) return false;
      return budget.take() && counts(technique.attempt(account, actor, target));
    };
    const found = new Map<Principal, ImpersonationTechnique>();
    const attempt = (techniques: readonly ImpersonationTechnique[], targets: readonly Principal[]): void => {
      const usable = techniques.filter((technique) => isUsable(actor, technique));
      for (const target of usable.length === 0 ? [] : targets) {
        if (found.has(target)) continue;
        const technique = usable.find((each) => succeeds(each, target));
        if (technique !== undefined) found.set(target, technique);
      }
    };
    // `candidates` would look through each trust policy anew. Without a permission of its own, an actor can assume only the roles whose
    // trust policy names it.
    if (!mayAssume)
      for (const target of namesInTrust(actor).flatMap((name) => byName.get(name) ?? []))
        attempt(techniquesFor(target).filter(isAssumption), [target]);
    for (const [techniques, targets] of byTechniques)
      attempt(mayAssume ? techniques : techniques.filter((technique) => !isAssumption(technique)), targets);
    return [...found].sort(([a], [b]) => (place.get(a) ?? 0) - (place.get(b) ?? 0));
  };
  return (actor) => getOrCreate(known, actor, () => findTargets(actor));
}

function isEmpty(items: Iterable<unknown>): boolean {
  for (const _ of items) return false;
  return true;
}
