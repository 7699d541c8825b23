import { shellQuote } from '../../model/command.ts';
import type { StatementReference } from '../../model/verdict.ts';

/**
 * A statement as a sentence names it: `statement 1 (Sid AllowRoot) of inline policy ops`. It is counted from one, as people count. Names
 * are quoted for a shell, because commands stand in the same text.
 */
export const statementInWords = (statement: StatementReference): string =>
  `${placeInPolicy(statement)} of ${policyInWords(statement)}`;

/** The place of a statement in its policy: `statement 1 (Sid AllowRoot)`. */
export const placeInPolicy = ({ index, sid }: StatementReference): string =>
  `statement ${index + 1}${sid === undefined ? '' : ` (Sid ${shellQuote(sid)})`}`;

function policyInWords({ policy, group }: StatementReference): string {
  const name = policy.startsWith('inline:')
    ? `inline policy ${shellQuote(policy.slice('inline:'.length))}`
    : `policy ${shellQuote(policy)}`;
  return group === undefined ? name : `${name} of group ${shellQuote(group)}`;
}
