import { verdicts } from '../../model/verdict.ts';
import type { Admin } from './words.ts';

/** Orders principals: the strongest first, those that reach more other accounts first among them, platform roles last. */
export const byStrength = (a: Admin, b: Admin): number => rank(a) - rank(b) || reached(b) - reached(a);

const rank = ({ platform, verdict }: Admin): number => Number(platform) * verdicts.length + verdicts.indexOf(verdict);

const reached = ({ reachedAccounts }: Admin): number => reachedAccounts?.count ?? 0;
