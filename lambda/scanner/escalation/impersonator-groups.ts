import { createHash } from 'node:crypto';
import type { Principal } from '../iam/principal.ts';
import { getOrCreate } from '../model/get-or-create.ts';
import { type Predecessor, type SearchState, createSearchState, edgesTo, predecessors } from './state.ts';
import type { Edge, EscalationGraph } from './graph.ts';

/** Principals as which the same others act, in the same way. */
export interface ImpersonatorGroup {
  readonly targets: readonly Principal[];
  /** Who acts as the first target in one step: the changes that it makes to itself before, then the step. */
  readonly impersonators: readonly Impersonator[];
}

/** A principal that acts as another one, and how. */
export interface Impersonator {
  readonly from: Principal;
  readonly edges: readonly Edge[];
}

/**
 * All that leads to the targets, from each principal to the next one. A step that is certain stands for those that are only possible.
 * Admins of the account are left out, as in {@link createImpersonatorSearch}. In a large account thousands act as thousands: what leads
 * to targets that differ in their names only is told once.
 */
export function impersonatorGroupsOf(graph: EscalationGraph, targets: readonly Principal[]): readonly ImpersonatorGroup[] {
  const states = [true, false].map((certain) => createSearchState(graph, certain, { canBecome: new Map(), canGrant: new Map() }));
  const groups = new Map<string, { readonly targets: Principal[]; readonly impersonators: readonly Impersonator[] }>();
  const reached = new Set(targets);
  // The set grows during the loop.
  for (const target of reached) {
    const steps = stepsTo(states, target);
    if (steps.length === 0) continue;
    for (const { principal } of steps) reached.add(principal);
    const impersonators = () =>
      steps.map(({ state, ...step }) => ({ from: step.principal, edges: edgesTo(state, step, target) }));
    getOrCreate(groups, likeness(graph, target, steps), () => ({ targets: [], impersonators: impersonators() })).targets.push(
      target,
    );
  }
  return [...groups.values()];
}

type StepTo = Predecessor & { readonly state: SearchState };

/** Who acts as the target in one step, each once: the first state counts where several know one. */
function stepsTo(states: readonly SearchState[], target: Principal): readonly StepTo[] {
  const found = new Map<Principal, StepTo>();
  for (const state of states)
    for (const step of predecessors(state, target)) getOrCreate(found, step.principal, () => ({ ...step, state }));
  return [...found.values()];
}

/** Equal for targets that differ in their names only: who acts as them, how, and why. */
function likeness({ account, variants }: EscalationGraph, target: Principal, steps: readonly StepTo[]): string {
  const asVariant = ({ principal, variant }: StepTo) => variants.get(principal)?.indexOf(variant);
  const who = steps.map((step) => [step.principal.arn, asVariant(step), step.technique.id, step.state.certain]);
  const trust = account.trusts.get(target.arn)?.statements.map(({ source }) => source);
  const why = JSON.stringify([target.kind, trust, steps.map(({ grant }) => grant)]);
  const nameless = why.replaceAll(target.arn, '\u0001').replaceAll(target.identity.name, '\u0002');
  return createHash('sha256').update(JSON.stringify(who)).update(nameless).digest('base64');
}
