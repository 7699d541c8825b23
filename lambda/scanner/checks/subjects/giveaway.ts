import type { CompiledPolicy, CompiledStatement } from '../../policy/compile.ts';
import type { Scene } from '../../policy/reach/plain-request.ts';
import { allowingAnything, allowingOn } from './breadth.ts';
import type { Excess } from './grant-findings.ts';
import type { SensitiveAction } from './sensitive-actions.ts';
import { someOf } from './some-of.ts';

/** What a document gives away of everything by any of these actions; a document that allows anything at all is another matter. */
export function giveaway(
  policy: CompiledPolicy,
  scene: Scene,
  actions: readonly SensitiveAction[],
  says: (what: string) => string,
): Excess | undefined {
  const found: (SensitiveAction & { readonly by: readonly CompiledStatement[] })[] = [];
  for (const sensitive of actions) {
    const by = allowingOn(policy, scene, sensitive);
    if (by.length > 0) found.push({ ...sensitive, by });
  }
  if (found.length === 0 || allowingAnything(policy, scene).length > 0) return undefined;
  const what = someOf([...new Set(found.map((action) => action.what))]);
  const names = found.map(({ action }) => action);
  const statements = [...new Set(found.flatMap(({ by }) => by))].sort((a, b) => a.source.index - b.source.index);
  return {
    says: `${says(what)} (${shown(names)})`,
    statements,
    severity: 'MEDIUM',
    evidence: { actions: found.map(({ action, why }) => ({ action, why })) },
  };
}

const SHOWN = 3;

const shown = (names: readonly string[]) =>
  names.length > SHOWN ? `${names.slice(0, SHOWN).join(', ')} and ${names.length - SHOWN} more` : names.join(', ');
