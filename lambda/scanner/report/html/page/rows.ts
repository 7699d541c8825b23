import { counted } from '../words.ts';
import { type Content, button, element } from './dom.ts';

/** A column of a list. */
export interface Column<T> {
  readonly heading: string;
  readonly cell: (item: T) => Content;
}

/** A list as a table; each row opens below itself. */
export interface List<T> {
  readonly node: HTMLElement;
  /** Shows these items, and opens none. */
  readonly show: (items: readonly T[]) => void;
  /** Opens the row of an item that is shown, and goes there. Returns whether there is one. */
  readonly open: (item: T) => boolean;
}

interface ListOptions<T> {
  readonly id: string;
  readonly caption: string;
  /** The noun for the items: `finding`. */
  readonly noun: string;
  /** How many items there are in all, if the list does not have them all. */
  readonly all?: number;
  /** The first column has the button that opens the row. */
  readonly columns: readonly [Column<T>, ...Column<T>[]];
  readonly detail: (item: T) => Content;
  readonly onOpen: (item: T) => void;
}

/** So many rows are drawn at a time: ten thousand would take seconds. */
const AT_ONCE = 50;
/** An item further down is shown alone. */
const FAR_DOWN = 1000;

/** Makes an empty list. */
export function listOf<T>(options: ListOptions<T>): List<T> {
  const { noun, all = 0 } = options;
  const body = element('tbody');
  const count = element('p', { class: 'count', role: 'status' });
  const more = element('p', { class: 'more' });
  let total = all;
  let shown: readonly T[] = [];
  let drawn: Row[] = [];
  const draw = (until: number) => {
    const added = shown.slice(drawn.length, until).map((item, index) => rowOf(item, drawn.length + index, options));
    for (const { nodes } of added) body.append(...nodes);
    drawn = [...drawn, ...added];
    const [left, next] = [shown.length - drawn.length, drawn.length + AT_ONCE];
    more.replaceChildren(...(left > AT_ONCE ? [moreButton(`Show ${AT_ONCE} more`, draw, next), ' '] : []));
    if (left > 0 && left <= FAR_DOWN) more.append(moreButton(`Show all ${shown.length}`, draw, shown.length));
    if (left > FAR_DOWN) more.append(moreButton(`Show ${FAR_DOWN} more`, draw, drawn.length + FAR_DOWN));
  };
  const show = (items: readonly T[]) => {
    total = Math.max(total, items.length);
    shown = items;
    drawn = [];
    body.replaceChildren();
    count.textContent = `${items.length === total ? '' : `${items.length} of `}${counted(total, noun)}`;
    draw(AT_ONCE);
  };
  const open = (item: T) => {
    const index = shown.indexOf(item);
    if (index < 0) return false;
    if (index >= drawn.length + FAR_DOWN) show([item]);
    else if (index >= drawn.length) draw(index + AT_ONCE);
    drawn[index < drawn.length ? index : 0]?.open();
    return true;
  };
  return { node: element('div', { class: 'list', id: options.id }, count, tableOf(options, body), more), show, open };
}

const moreButton = (words: string, draw: (until: number) => void, until: number): HTMLButtonElement =>
  button(words, () => {
    draw(until);
  });

function tableOf<T>({ columns, caption }: ListOptions<T>, body: HTMLElement): HTMLElement {
  const headings = columns.map(({ heading }) => element('th', { scope: 'col' }, heading));
  const head = element('thead', {}, element('tr', {}, headings));
  const table = element('table', {}, element('caption', { class: 'unseen' }, caption), head, body);
  table.addEventListener('keydown', moveFocus);
  return table;
}

interface Row {
  readonly nodes: readonly HTMLElement[];
  readonly open: () => void;
}

function rowOf<T>(item: T, index: number, { id, columns: [first, ...others], detail, onOpen }: ListOptions<T>): Row {
  const below = element('tr', { id: `${id}-${index}`, class: 'detail', hidden: true });
  const set = (isOpen: boolean) => {
    if (isOpen && below.childElementCount === 0)
      below.append(element('td', { colspan: `${others.length + 1}` }, element('div', { class: 'opened' }, detail(item))));
    below.hidden = !isOpen;
    opener.setAttribute('aria-expanded', String(isOpen));
    row.classList.toggle('open', isOpen);
  };
  const opener = element(
    'button',
    { type: 'button', class: 'opener', 'aria-expanded': 'false', 'aria-controls': below.id },
    element('span', {}, first.cell(item)),
  );
  opener.addEventListener('click', () => {
    set(below.hidden !== false);
    if (below.hidden === false) onOpen(item);
  });
  const cells = others.map(({ cell, heading }) => element('td', { 'data-heading': heading }, cell(item)));
  const row = element('tr', { class: 'row' }, element('th', { scope: 'row' }, opener), cells);
  const open = () => {
    set(true);
    row.scrollIntoView({ block: 'start' });
    opener.focus({ preventScroll: true });
  };
  return { nodes: [row, below], open };
}

/** The arrow keys go from row to row. */
function moveFocus(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const { currentTarget, target } = event;
  if (step === undefined || !(currentTarget instanceof HTMLElement) || !(target instanceof HTMLElement)) return;
  if (!target.classList.contains('opener')) return;
  const openers = [...currentTarget.querySelectorAll<HTMLElement>('.opener')];
  const next = openers[openers.indexOf(target) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
