import { type HierarchyPointNode, cluster, hierarchy } from 'd3-hierarchy';
import { type AttackTree, type TreeNode } from '../attack-tree.ts';
import { printable } from '../../printable.ts';
import { drawing, element } from './dom.ts';
import type { Index } from './state.ts';

const BOX = 252;
const GAP = 28;
const LINE = 15;
/** Where the line leaves and enters a box, from its left side. */
const PORT = 22;
const ARROW = 14;
/** How far below a box the line to another column turns. */
const BEND = 9;
/** The characters that a line of a box, and one beside an arrow, has room for. */
const IN_BOX = 30;
const IN_BOX_SMALL = 38;
const BESIDE = { alone: 70, among: 35 };
/** The width that the text beside an arrow takes. */
const BESIDE_WIDTH = { alone: 490, among: 270 };

type Placed = HierarchyPointNode<TreeNode>;

/** How an account is named. */
type Names = Pick<Index, 'accountInWords'>;

/** The attack path as a picture: from the top to the bottom, with the statements beside each arrow. */
export function picture({ root, leftOut }: AttackTree, label: string, { accountInWords }: Names): HTMLElement {
  // Each end of a path has a column of its own, and what leads to several stands above the first, so that a picture begins at the left.
  const placed = cluster<TreeNode>()
    .nodeSize([BOX + GAP, 1])
    .separation(() => 1)(hierarchy(withAccountNames(root, accountInWords)));
  placed.eachAfter((node) => {
    node.x = node.children?.[0]?.x ?? node.x;
  });
  const nodes = placed.descendants();
  const left = Math.min(...nodes.map(({ x }) => x));
  const kind = placed.leaves().length === 1 ? 'alone' : 'among';
  const width = BESIDE[kind];
  const tops = topsOf(nodes, width);
  const at = (node: Placed) => ({ x: node.x - left + 1, y: tops[node.depth] ?? 0 });
  const right = Math.max(...nodes.map((node) => at(node).x)) + BESIDE_WIDTH[kind];
  const bottom = Math.max(...nodes.map((node) => at(node).y + heightOf(node)));
  const drawn = drawing(
    'svg',
    {
      role: 'img',
      'aria-label': label,
      width: `${right + 2}`,
      height: `${bottom + 2}`,
      viewBox: `0 -1 ${right + 2} ${bottom + 2}`,
    },
    placed.links().map(({ source, target }) => arrow(at(source), heightOf(source), at(target), edgeLines(target.data, width))),
    nodes.map((node) => box(node, at(node))),
  );
  const more = leftOut === 0 ? undefined : element('figcaption', {}, `${leftOut} more paths are not drawn. The steps are below.`);
  return element(
    'figure',
    {},
    element('div', { class: 'picture', tabindex: '0', role: 'group', 'aria-label': label }, drawn),
    more,
  );
}

/** The tree with the name and the ID of each account in place of its ID. */
const withAccountNames = (node: TreeNode, nameOf: Names['accountInWords']): TreeNode => ({
  ...node,
  account: nameOf(node.account) === node.account ? node.account.replace(/^(?=.)/, 'account ') : nameOf(node.account),
  children: node.children.map((child) => withAccountNames(child, nameOf)),
});

/** Where each level begins: below the highest box of the level above, and what stands beside the arrows. */
function topsOf(nodes: readonly Placed[], width: number): readonly number[] {
  const tops: number[] = [];
  for (let depth = 0, top = 0; nodes.some((node) => node.depth === depth); depth += 1) {
    const level = nodes.filter((node) => node.depth === depth);
    if (depth > 0) top += Math.max(...level.map(({ data }) => edgeLines(data, width).length)) * LINE + 2 * ARROW;
    tops.push(top);
    top += Math.max(...level.map(heightOf));
  }
  return tops;
}

interface Line {
  readonly text: string;
  readonly className: string;
}

const lines = (text: string, width: number, className: string): readonly Line[] =>
  wrapped(printable(text), width).map((line) => ({ text: line, className }));

function edgeLines({ edge }: TreeNode, width: number): readonly Line[] {
  if (edge === undefined) return [];
  return [...lines(edge.calls, width, 'calls'), ...edge.statements.flatMap((statement) => lines(statement, width, 'statement'))];
}

/** At the end of a path, the principal or the account of the box above or of the outcome is not named again. */
function boxLines({ data: { kind, name, account, outcome }, parent, children }: Placed): readonly Line[] {
  const isNamed = outcome === undefined || children !== undefined || (kind !== 'account' && parent?.data.name !== name);
  return [
    ...(isNamed ? lines(name, IN_BOX, 'name') : []),
    ...(isNamed && account !== '' ? lines(account, IN_BOX_SMALL, 'where') : []),
    ...(outcome === undefined ? [] : lines(outcome, IN_BOX, 'outcome')),
  ];
}

const heightOf = (node: Placed): number => boxLines(node).length * LINE + 14;

interface Point {
  readonly x: number;
  readonly y: number;
}

function box(node: Placed, { x, y }: Point): SVGElement {
  const height = heightOf(node);
  const { kind, outcome } = node.data;
  return drawing(
    'g',
    { class: `box ${kind}${outcome === undefined ? '' : ' end'}` },
    drawing('rect', { x: `${x}`, y: `${y}`, width: `${BOX}`, height: `${height}`, rx: '5' }),
    words(boxLines(node), { x: x + 12, y: y + 19 }),
  );
}

const words = (told: readonly Line[], { x, y }: Point) =>
  told.map(({ text, className }, index) => drawing('text', { x: `${x}`, y: `${y + index * LINE}`, class: className }, text));

function arrow(from: Point, height: number, to: Point, told: readonly Line[]): SVGElement {
  const [x1, y1, x2, y2] = [from.x + PORT, from.y + height, to.x + PORT, to.y];
  const bend = y1 + BEND;
  const path = x1 === x2 ? `M${x1},${y1}V${y2 - 1}` : `M${x1},${y1}V${bend}H${x2}V${y2 - 1}`;
  return drawing(
    'g',
    { class: 'arrow' },
    drawing('path', { d: path }),
    drawing('path', { class: 'tip', d: `M${x2 - 4},${y2 - 7}L${x2},${y2 - 1}L${x2 + 4},${y2 - 7}Z` }),
    words(told, { x: x2 + 11, y: to.y - told.length * LINE - ARROW + 12 }),
  );
}

/** The text in lines; a word that is longer than a line is cut in the middle: the list of the steps has it whole. */
function wrapped(text: string, width: number): readonly string[] {
  const found: string[] = [];
  let line = '';
  for (const word of text.split(' ').map((one) => cut(one, width))) {
    if (line !== '' && line.length + 1 + word.length > width) {
      found.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...found, line].slice(0, MOST_LINES);
}

const MOST_LINES = 6;

function cut(word: string, width: number): string {
  const characters = Array.from(word);
  const half = Math.floor((width - 1) / 2);
  return characters.length <= width ? word : `${characters.slice(0, half).join('')}…${characters.slice(-half).join('')}`;
}
