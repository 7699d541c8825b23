import { parseArn } from '../model/arn.ts';
import { callsInWords } from '../model/path-in-words.ts';
import type { Step } from '../model/verdict.ts';

/** The most nodes of one picture: more are not read. */
const MOST_NODES = 12;

/** The path of a principal to admin as a Mermaid flowchart: who, by which calls, to whom. Of a long path the middle is left out. */
export function mermaidPath(path: readonly Step[]): string {
  const left = path.length + 1 - MOST_NODES;
  const shown = left > 0 ? [...path.slice(0, MOST_NODES - 3), ...path.slice(-1)] : path;
  const lines = shown.flatMap((step, index) => {
    const isAfterGap = left > 0 && index === shown.length - 1;
    const gap = isAfterGap ? [`  n${index} -.->|${label(`${left + 1} more steps`)}| g[${label(nodeOf(step.from))}]`] : [];
    const from = isAfterGap ? 'g' : `n${index}`;
    return [...gap, `  ${from} -->|${label(callsInWords(step.actions))}| n${index + 1}[${label(nodeOf(step.to))}]`];
  });
  return ['flowchart LR', `  n0[${label(nodeOf(path[0]?.from ?? ''))}]`, ...lines].join('\n');
}

const nodeOf = (arn: string): string => {
  const parsed = parseArn(arn);
  return parsed === undefined ? arn : `${parsed.resource} (${parsed.accountId})`;
};

const LONGEST_LABEL = 120;

/** A text as a label. Whatever Mermaid or HTML could read in it is a character by its number. */
function label(text: string): string {
  const short = Array.from(text).slice(0, LONGEST_LABEL);
  return `"${short.map((character) => (/[\w .,/:()+-]/.test(character) ? character : `#${character.codePointAt(0) ?? 0};`)).join('')}"`;
}
