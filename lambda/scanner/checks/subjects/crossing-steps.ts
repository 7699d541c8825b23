import { parseArn } from '../../model/arn.ts';
import { shellQuote } from '../../model/command.ts';
import type { Step } from '../../model/verdict.ts';
import type { FarReach } from './foreign-reach.ts';
import { placeInPolicy, statementInWords } from './statement-in-words.ts';
import { trustChange } from './trust-commands.ts';
import { listed } from './wording.ts';

/** The next step for a principal that is admin of other accounts: what to remove so that its paths end in its own account. */
export function crossingSteps({ principalArn, paths }: Pick<FarReach, 'principalArn' | 'paths'>): string {
  const crossings = unique(paths.flatMap(({ path }) => path.find(isCrossing) ?? []));
  const removals = crossings.map((step) => (step.rule === 'assume-role' ? trustRemoval(step) : centralRemoval(step)));
  const role = crossings.find(({ rule }) => rule === 'assume-role');
  const commands =
    role === undefined
      ? []
      : [
          `To do so for role ${nameOf(role.to)}, work in account ${accountOf(role.to)}. ${trustChange({ name: nameOf(role.to) })}`,
        ];
  const steps =
    removals.length > 0
      ? [...removals, ...commands]
      : ['Find the roles of the other accounts that trust this account, and remove this account from their trust policies.'];
  const explain =
    principalArn === undefined ? [] : [`(iam-vigil explain ${shellQuote(principalArn)} shows all statements of the path.)`];
  return [...steps, ...explain].join(' ');
}

/** Whether the step leads into another account. A central service reaches all of them, and its step may name no single one. */
const isCrossing = ({ from, to }: Step): boolean => accountOf(from) !== accountOf(to);

/** The trust policy may name the caller, its account, or a pattern. */
function trustRemoval({ from, to, statements }: Step): string {
  const places = statements.filter(({ policy }) => policy.startsWith('trust:')).map(placeInPolicy);
  const where = places.length === 0 ? '' : `${listed(places)} of `;
  return `In account ${accountOf(to)}, remove ${from} from ${where}the trust policy of role ${nameOf(to)}. If the policy names the whole account, name only the roles that need access instead.`;
}

function centralRemoval({ actions, from, statements }: Step): string {
  const isOne = actions.length === 1;
  const where =
    statements.length === 0 ? '' : ` ${isOne ? 'It is' : 'They are'} allowed by ${listed(statements.map(statementInWords))}.`;
  return `Deny ${listed(actions)} to ${from}, and call ${isOne ? 'it' : 'them'} only from a dedicated account with few administrators.${where}`;
}

/** One step for each role or service: several paths can enter an account by the same one. */
const unique = (steps: readonly Step[]): readonly Step[] => [
  ...new Map(steps.map((step) => [`${step.rule} ${step.from} ${step.to}`, step])).values(),
];

const accountOf = (arn: string): string => parseArn(arn)?.accountId ?? '';
const nameOf = (arn: string): string => arn.split('/').at(-1) ?? arn;
