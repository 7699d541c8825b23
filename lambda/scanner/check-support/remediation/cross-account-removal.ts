import { parseArn } from '../../model/arn.ts';
import { shellQuote } from '../../model/command.ts';
import type { ReachPath } from '../../model/reach.ts';
import type { Step } from '../../model/verdict.ts';
import type { AccountReach } from '../organization/account-reach.ts';
import { placeInPolicy, statementInWords } from '../wording/statement-in-words.ts';
import { platformCaution } from './platform-caution.ts';
import { trustChange } from './trust-commands.ts';
import { joinList } from '../wording/wording.ts';

type Reach = Pick<AccountReach, 'principalArn' | 'paths' | 'platform'>;

/** The next step for a principal that is admin of other accounts: what to remove so that its paths end in its own account. */
export function crossingSteps({ principalArn: single, paths, platform }: Reach): string {
  // Of several platform roles, the first one stands for all.
  const principalArn = single ?? (platform ? paths[0]?.path[0]?.from : undefined);
  const all = paths.map((path) => removalOf(path, principalArn === undefined));
  // What holds for several roles is said once, after all of them.
  const removals = [...new Set([...all.flatMap(([what]) => what ?? []), ...all.flatMap(([, ...how]) => how)])];
  const caution = platform && principalArn !== undefined ? [platformCaution(principalArn)] : [];
  const explain =
    principalArn === undefined ? [] : [`iam-vigil explain ${shellQuote(principalArn)} shows all statements of the path.`];
  return [...caution, ...(removals.length > 0 ? removals : [UNKNOWN_PATH]), ...explain].join(' ');
}

const UNKNOWN_PATH =
  'Find the roles of the other accounts that trust this account, and remove this account from their trust policies.';

/** What to remove, then how. A central service reaches all accounts, and its step may name none of them. */
function removalOf({ path, asAdmin }: ReachPath, isOfAll: boolean): readonly string[] {
  const crossing = path.find(({ from, to }) => accountOf(from) !== accountOf(to));
  if (crossing === undefined) return [];
  if (crossing.rule === 'assume-role') return trustRemoval(crossing, isOfAll);
  return [asAdmin ? administrationMove(crossing) : centralRemoval(crossing)];
}

/** The trust policy may name the caller, its account, or a pattern. For all admins of an account the caller is one of many. */
function trustRemoval({ from, to, statements }: Step, isOfAll: boolean): readonly string[] {
  const name = to.split('/').at(-1) ?? to;
  const places = statements.filter(({ policy }) => policy.startsWith('trust:')).map(placeInPolicy);
  const where = `${places.length === 0 ? '' : `${joinList(places)} of `}the trust policy of role ${shellQuote(name)}`;
  const change = isOfAll
    ? `change ${where}, so that only the roles that need access can assume it, and not every admin of account ${accountOf(from)}.`
    : `remove ${shellQuote(from)} from ${where}.`;
  return [
    `In account ${accountOf(to)}, ${change}`,
    ...(isOfAll ? [] : ['If the policy names the whole account, name only the roles that need access instead.']),
    `${trustChange({ name })}.`,
  ];
}

const administrationMove = ({ actions, from }: Step): string =>
  `Every admin of account ${accountOf(from)} can call ${joinList(actions)} for every member account. Delegate the administration of this service to a dedicated account with few administrators, or deny these actions with an SCP that exempts approved roles.`;

function centralRemoval({ actions, from, statements }: Step): string {
  const places = statements.map(statementInWords);
  const why = places.length === 0 ? '' : ` Today ${joinList(places)} ${places.length === 1 ? 'allows' : 'allow'} it.`;
  return `Do not allow ${shellQuote(from)} to call ${joinList(actions)}.${why} Keep these calls in a dedicated account with few administrators.`;
}

const accountOf = (arn: string): string => parseArn(arn)?.accountId ?? '';
