import type { PrincipalVerdict } from '../../model/verdict.ts';
import { pathInWords } from './principals.ts';

/** What a principal with an admin-capable verdict is, as a sentence goes on: `is admin`, `can become admin`. */
export function powerOf({ verdict }: PrincipalVerdict): string {
  if (verdict === 'admin') return 'is admin';
  return verdict === 'can-grant-admin' ? 'can make others admin' : 'can become admin';
}

/** The same with the path, where there is one. */
export const powerAndPath = (principal: PrincipalVerdict): string =>
  principal.verdict === 'admin' ? powerOf(principal) : `${powerOf(principal)} (${pathInWords(principal)})`;
