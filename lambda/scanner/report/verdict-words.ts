import { outcomeInWords } from '../model/conditions-in-words.ts';
import { pathInWords } from '../model/path-in-words.ts';
import type { VerdictWithReach } from '../model/reach.ts';
import type { Verdict } from '../model/verdict.ts';

/** What a principal is by its verdict, or is if its conditions hold, as the beginning of a sentence. */
export const outcomes = {
  admin: 'Is admin',
  'can-become-admin': 'Can become admin',
  'can-grant-admin': 'Can make another principal admin',
  conditional: 'May be, or become, admin',
  none: 'Has no path to admin',
} as const satisfies Record<Verdict, string>;

/** The nearest other accounts with their paths, and how many more there are. */
export function reachLines({
  reach = [],
  reachedAccounts,
}: Pick<VerdictWithReach, 'reach' | 'reachedAccounts'>): readonly string[] {
  if (reachedAccounts === undefined) return [];
  const { count, ifConditions } = reachedAccounts;
  const told = reach.map((entry) => {
    const { account, verdict, would = verdict, conditions } = entry;
    const open = verdict === 'conditional' ? ` ${outcomeInWords(outcomes[would], conditions)}` : '';
    return `${entry.asAdmin ? 'as every admin of its account, ' : ''}in account ${account}: ${pathInWords(entry)}${open}`;
  });
  const more = count + ifConditions - reach.length;
  return [...told, ...(more > 0 ? [`and in ${more} more ${more === 1 ? 'account' : 'accounts'}`] : [])];
}
