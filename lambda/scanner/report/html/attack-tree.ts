import { parseArn } from '../../model/arn.ts';
import { CLOSING_RULE, callsInWords } from '../../model/path-in-words.ts';
import type { ReachEntry } from '../../model/reach.ts';
import type { Step, Verdict } from '../../model/verdict.ts';
import { type Admin, principalInWords, statementInWords, withNames } from './words.ts';

/** One box of the picture, and the step that leads to it. */
export interface TreeNode {
  readonly kind: 'credential' | 'principal' | 'account' | 'more';
  readonly name: string;
  /** The account that it is in; empty: it says so itself. */
  readonly account: string;
  /** What is reached with it, at the end of a path. */
  outcome?: string;
  /** How it is reached: the calls, and the statements that allow them. Absent for the first. */
  readonly edge?: { readonly calls: string; readonly statements: readonly string[] };
  readonly children: TreeNode[];
}

/** The paths of one principal in one picture. */
export interface AttackTree {
  readonly root: TreeNode;
  /** How many of its paths have no room in the picture. */
  readonly leftOut: number;
}

/** A picture with more boxes cannot be read. */
export const MOST_NODES = 12;

interface DrawnPath {
  readonly steps: readonly Step[];
  /** The steps that are not told. */
  readonly untold: number;
  readonly outcome: string;
}

/** The attack paths of a principal from what it signs in with; paths share the steps with which they begin. Undefined without a path. */
export function attackTree(admin: Admin, signsInBy: readonly string[] = []): AttackTree | undefined {
  const paths = pathsOf(admin);
  if (paths.every(({ steps }) => steps.length === 0)) return undefined;
  const start = principalNode(admin.arn, undefined);
  const root: TreeNode =
    signsInBy.length === 0
      ? start
      : { kind: 'credential', name: withNames(signsInBy.join(', ')), account: '', children: [start] };
  let room = MOST_NODES - (root === start ? 1 : 2);
  let leftOut = 0;
  for (const [index, path] of paths.entries()) {
    const fitting = index === 0 ? shortened(path, room) : path;
    const added = newNodes(start, fitting);
    if (added > room) leftOut += 1;
    else {
      draw(start, fitting);
      room -= added;
    }
  }
  return { root, leftOut };
}

const pathsOf = ({ verdict, would = verdict, path, pathSteps, account, reach = [] }: Admin): readonly DrawnPath[] => [
  ...(path.length === 0 ? [] : [drawn(path, pathSteps, outcomeIn(account, would, verdict === 'conditional'))]),
  ...reach.map((entry) => drawn(entry.path, entry.pathSteps, outcomeOf(entry))),
];

const drawn = (steps: readonly Step[], all: number | undefined, outcome: string): DrawnPath => ({
  steps,
  untold: (all ?? steps.length) - steps.length,
  outcome,
});

const outcomeOf = ({ account, verdict, would }: ReachEntry): string =>
  outcomeIn(account, would ?? verdict, verdict === 'conditional');

const outcomeIn = (account: string, reached: Verdict, isConditional: boolean): string =>
  `${reached === 'can-grant-admin' ? 'is made admin' : 'admin'} of account ${account}${isConditional ? ', if conditions hold' : ''}`;

/** Of a path that is longer than the picture: its beginning, how many steps are not drawn, and its end. */
function shortened(path: DrawnPath, room: number): DrawnPath & { readonly gapAt?: number } {
  const last = path.steps.at(-1);
  if (last === undefined || path.steps.length + Number(path.untold > 0) <= room) return path;
  const head = path.steps.slice(0, room - 2);
  return { ...path, steps: [...head, last], untold: path.untold + path.steps.length - head.length - 1, gapAt: head.length };
}

function newNodes(start: TreeNode, path: DrawnPath): number {
  let node: TreeNode | undefined = start;
  let shared = 0;
  for (const step of path.steps) {
    node = node.children.find(isReachedBy(step));
    if (node === undefined) break;
    shared += 1;
  }
  return path.steps.length - shared + Number(path.untold > 0);
}

const isReachedBy = (step: Step) => {
  const { name, account, edge } = principalNode(step.to, step);
  return (node: TreeNode) => node.name === name && node.account === account && node.edge?.calls === edge?.calls;
};

function draw(start: TreeNode, { steps, untold, outcome, gapAt = steps.length }: DrawnPath & { readonly gapAt?: number }): void {
  let node = start;
  const add = (child: TreeNode) => {
    node.children.push(child);
    node = child;
  };
  for (const [index, step] of [...steps, undefined].entries()) {
    if (index === gapAt && untold > 0) add({ kind: 'more', name: `${untold} more steps`, account: '', children: [] });
    if (step === undefined) break;
    const known = node.children.find(isReachedBy(step));
    if (known === undefined) add(principalNode(step.to, step));
    else node = known;
  }
  node.outcome ??= outcome;
}

function principalNode(arn: string, step: Step | undefined): TreeNode {
  const { accountId = '', resource = '' } = parseArn(arn) ?? {};
  const isAccount = resource === 'root' && step !== undefined && step.actions[0] !== 'sts:AssumeRoot';
  return {
    kind: isAccount ? 'account' : 'principal',
    name: isAccount ? `account ${accountId}` : principalInWords(arn),
    account: isAccount ? '' : accountId,
    ...(step === undefined ? {} : { edge: edgeOf(step) }),
    children: [],
  };
}

const edgeOf = ({ rule, title, actions, statements }: Step) => ({
  calls: rule === CLOSING_RULE ? 'every action on every resource' : actions.length > 0 ? callsInWords(actions) : title,
  statements: statements.map(statementInWords),
});
