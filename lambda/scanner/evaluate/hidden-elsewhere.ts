import { type Check, type CheckContext, missingFacts } from '../check.ts';
import type { ObservedFacts } from '../facts/snapshot.ts';
import type { UnreadData } from '../model/report.ts';
import { seen } from './evaluate.ts';

/**
 * What other accounts decide and this scan does not know. A check that needs it leaves the account out, because one account alone can
 * never tell; but then a finding that is missing does not prove that it was fixed.
 */
export const unreadElsewhere = (
  account: string,
  checks: readonly Check[],
  facts: ObservedFacts,
  contextOf: (check: Check) => CheckContext,
): readonly UnreadData[] =>
  checks.flatMap((check) => {
    if (missingFacts(check, facts).length > 0) return [];
    const hidden = check.hiddenElsewhere?.(seen(check, facts), contextOf(check));
    return hidden === undefined
      ? []
      : [{ account, fact: hidden.fact, isWanted: false, elements: [hidden.reason], count: 1, checks: [check.id] }];
  });
