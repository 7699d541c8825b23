import { parseArn } from '../../model/arn.ts';
import { shellQuote } from '../../model/command.ts';
import type { ReachPath } from '../../model/reach.ts';
import type { Step } from '../../model/verdict.ts';
import type { AccountReach } from '../organization/account-reach.ts';
import { placeInPolicy, statementInWords } from '../wording/statement-in-words.ts';
import { trustChange } from './trust-commands.ts';
import { joinList } from '../wording/wording.ts';

/** The next step for a principal that is admin of other accounts: what to remove so that its paths end in its own account. */
export function crossingSteps({ principalArn, paths }: Pick<AccountReach, 'principalArn' | 'paths'>): string {
  const removals = [...new Set(paths.flatMap(removalOf))];
  const explain =
    principalArn === undefined ? [] : [`iam-vigil explain ${shellQuote(principalArn)} shows all statements of the path.`];
  return [...(removals.length > 0 ? removals : [UNKNOWN_PATH]), ...explain].join(' ');
}

const UNKNOWN_PATH =
  'Find the roles of the other accounts that trust this account, and remove this account from their trust policies.';

/** A central service reaches all accounts, and its step may name none of them. */
function removalOf({ path, asAdmin }: ReachPath): readonly string[] {
  const crossing = path.find(({ from, to }) => accountOf(from) !== accountOf(to));
  if (crossing === undefined) return [];
  if (crossing.rule === 'assume-role') return [trustRemoval(crossing)];
  return [asAdmin ? administrationMove(crossing) : centralRemoval(crossing)];
}

/** The trust policy may name the caller, its account, or a pattern. */
function trustRemoval({ from, to, statements }: Step): string {
  const name = to.split('/').at(-1) ?? to;
  const places = statements.filter(({ policy }) => policy.startsWith('trust:')).map(placeInPolicy);
  const where = places.length === 0 ? '' : `${joinList(places)} of `;
  return `In account ${accountOf(to)}, remove ${from} from ${where}the trust policy of role ${name}. If the policy names the whole account, name only the roles that need access instead. ${trustChange({ name })}.`;
}

const administrationMove = ({ actions, from }: Step): string =>
  `Every admin of account ${accountOf(from)} can call ${joinList(actions)} for every member account. Delegate the administration of this service to a dedicated account with few administrators, or deny these actions with an SCP that exempts approved roles.`;

function centralRemoval({ actions, from, statements }: Step): string {
  const places = statements.map(statementInWords);
  const where = places.length === 0 ? '' : `, which ${joinList(places)} ${places.length === 1 ? 'allows' : 'allow'}`;
  return `Deny ${from} to call ${joinList(actions)}${where}. Keep these calls in a dedicated account with few administrators.`;
}

const accountOf = (arn: string): string => parseArn(arn)?.accountId ?? '';
