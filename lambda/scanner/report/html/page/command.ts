import type { TextPart } from '../../commands-in-text.ts';
import { printable } from '../../printable.ts';
import { type Content, announce, button, element } from './dom.ts';

/** A command with a button that copies it. What is copied is what is shown. */
export function command(text: string): HTMLElement {
  const shown = printable(text);
  const copy = button('Copy', () => void put(), { class: 'copy', 'aria-label': `Copy ${shown}` });
  const code = element('code', {}, wordsOf(shown));
  const put = async () => {
    const isDone = await copied(shown, code);
    copy.textContent = isDone ? 'Copied' : 'Selected';
    announce(isDone ? 'The command was copied.' : 'The command is selected.');
    setTimeout(() => {
      copy.textContent = 'Copy';
    }, 2000);
  };
  return element('div', { class: 'command' }, element('pre', { tabindex: '0' }, code), copy);
}

/** The words of a command: a line ends between two of them, not at a hyphen. */
const wordsOf = (text: string): Content =>
  text.split(' ').flatMap((word, index) => [index === 0 ? undefined : ' ', element('span', {}, word)]);

/** Copies a text; where the browser does not allow it, selects it instead. */
async function copied(text: string, node: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    getSelection()?.selectAllChildren(node);
    return false;
  }
}

/** A next step: sentences, and each command in a line of its own. */
export const nextStep = (parts: readonly TextPart[]): Content =>
  parts.map(({ kind, text }) => (kind === 'command' ? command(text) : sentence(text)));

/** What stands between two commands, without the marks that joined them. */
function sentence(text: string): Content {
  const words = text.replace(/^[\s.,;:)]+/, '').replace(/[\s(]+$/, '');
  return words === '' ? undefined : element('p', {}, words);
}
