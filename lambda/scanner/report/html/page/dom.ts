import { printable } from '../../printable.ts';

/** What an element can hold. Nothing else makes text of the page, so every text of AWS is text. */
export type Content = Node | string | undefined | readonly Content[];

type Attributes = Readonly<Record<string, string | boolean | undefined>>;

/** Makes an element. An attribute that is false or undefined is left out. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...content: readonly Content[]
): HTMLElementTagNameMap[K] {
  return filled(document.createElement(tag), attributes, content);
}

/** Makes an element of SVG. */
export const drawing = <K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...content: readonly Content[]
): SVGElementTagNameMap[K] => filled(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, content);

function filled<E extends Element>(made: E, attributes: Attributes, content: readonly Content[]): E {
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : value);
  made.append(...nodesOf(content));
  return made;
}

/** The nodes of a content. Control characters, and marks that reorder text, are shown as code points. */
export function nodesOf(content: Content): readonly Node[] {
  if (content === undefined || content === '') return [];
  if (typeof content === 'string') return [document.createTextNode(printable(content))];
  return content instanceof Node ? [content] : content.flatMap(nodesOf);
}

/** A button that does something. */
export function button(label: string, onClick: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', onClick);
  return made;
}

/** A section with its heading; the heading is where a link into the section leads. */
export const section = (id: string, heading: string, ...content: readonly Content[]): HTMLElement =>
  element('section', { id, 'aria-labelledby': `${id}-heading` }, element('h2', { id: `${id}-heading` }, heading), ...content);

/** Terms with what is said of each; those of which nothing is said are left out. */
export function facts(entries: readonly (readonly [term: string, content: Content])[]): HTMLElement {
  const rows = entries.filter(([, content]) => nodesOf(content).length > 0);
  return element(
    'dl',
    {},
    rows.map(([term, content]) => element('div', {}, element('dt', {}, term), element('dd', {}, content))),
  );
}

/** A list of its first items; the others fold out. */
export function itemsIn(items: readonly HTMLElement[], most: number): Content {
  if (items.length === 0) return undefined;
  const rest = items.slice(most);
  return [
    element('ul', {}, items.slice(0, most)),
    rest.length === 0
      ? undefined
      : element('details', {}, element('summary', {}, `${rest.length} more`), element('ul', {}, rest)),
  ];
}

const announcer = element('div', { role: 'status', class: 'unseen' });
document.body.append(announcer);

/** Tells a screen reader something. */
export function announce(text: string): void {
  announcer.textContent = text;
}
