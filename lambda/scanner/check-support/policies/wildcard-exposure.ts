import type { CompiledPolicy, CompiledStatement } from '../../policy/compile.ts';
import type { RequestSetting } from '../../policy/queries/plain-request.ts';
import { allowingAnything, allowingOn } from './overbroad-access.ts';
import type { Excess } from './judge-attachment.ts';
import type { SensitiveAction } from '../data/sensitive-actions.ts';

/**
 * What a document allows on every resource of a kind by any of these actions. A document that allows everything is reported by
 * policy-allows-everything.
 */
export function wildcardExposure(
  policy: CompiledPolicy,
  scene: RequestSetting,
  actions: readonly SensitiveAction[],
  says: (what: string) => string,
): Excess | undefined {
  const found: (SensitiveAction & { readonly by: readonly CompiledStatement[] })[] = [];
  for (const sensitive of actions) {
    const by = allowingOn(policy, scene, sensitive);
    if (by.length > 0) found.push({ ...sensitive, by });
  }
  if (found.length === 0 || allowingAnything(policy, scene).length > 0) return undefined;
  const kinds = [...new Set(found.map((action) => action.what))];
  const names = found.map(({ action }) => action);
  const statements = [...new Set(found.flatMap(({ by }) => by))].sort((a, b) => a.source.index - b.source.index);
  return {
    says: says(briefly(kinds)),
    detail: `${kinds.length > 1 && !isPlainPair(kinds) ? `Kinds: ${kinds.join('; ')}. ` : ''}Actions: ${shown(names)}.`,
    statements,
    severity: 'MEDIUM',
    evidence: { actions: found.map(({ action, why }) => ({ action, why })) },
  };
}

/** Kinds for a headline: one or two, or else the first and the number of the others. */
export function briefly(kinds: readonly string[]): string {
  const [first = '', ...others] = kinds;
  if (kinds.length === 1 || isPlainPair(kinds)) return kinds.join(' and ');
  return `${first} and ${others.length} more ${others.length === 1 ? 'kind' : 'kinds'} of resources`;
}

/** Two kinds whose names contain no "and" of their own. */
const isPlainPair = (kinds: readonly string[]): boolean => kinds.length === 2 && kinds.every((kind) => !kind.includes(' and '));

const SHOWN = 3;

const shown = (names: readonly string[]) =>
  names.length > SHOWN ? `${names.slice(0, SHOWN).join(', ')} and ${names.length - SHOWN} more` : names.join(', ');
