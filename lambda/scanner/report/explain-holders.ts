import type { Holder, HoldersExplanation } from '../organization/explain-holders.ts';
import { outcomeInWords } from '../model/conditions-in-words.ts';
import { pathInWords } from '../model/path-in-words.ts';
import { isAdminSomewhere } from '../model/reach.ts';
import { type Paint, paintFor } from './paint.ts';
import { printable } from './printable.ts';
import type { TextOptions } from './text/context.ts';
import { type Layout, layoutFor } from './text/layout.ts';
import { outcomes, reachLines } from './verdict-words.ts';

/** Who has a policy or is in a group, and what that leads to, as text. */
export function renderHolders(explanation: HoldersExplanation, { color, width }: TextOptions): string {
  const paint = paintFor(color);
  const layout = layoutFor(width);
  const { arn, holders, policies, boundaryOf } = explanation;
  const leads = holders.filter(({ isOnPath }) => isOnPath);
  const others = holders.filter(({ isOnPath, principal }) => !isOnPath && isAdminSomewhere(principal));
  const none = holders.filter(({ isOnPath, principal }) => !isOnPath && !isAdminSomewhere(principal));
  const sections = [
    `${paint('bold', printable(arn))}\n${layout.paragraph(printable(summary(explanation)))}`,
    list('Has the policies:', policies.map(printable), layout),
    list('Is the permissions boundary of:', boundaryOf.map(printable), layout),
    people('Leads to admin, by a statement of it on the path', leads, paint, layout),
    people('Have it, and are, or can become, admin in another way', others, paint, layout),
    people('Have it, and no path to admin', none, paint, layout),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function summary({ kind, groups, holders }: HoldersExplanation): string {
  const users = holders.filter(({ principal }) => principal.type === 'user').length;
  const roles = holders.length - users;
  const count = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`;
  if (kind === 'group') return `is a group with ${count(users, 'user')}.`;
  const by = groups.length > 0 ? `, also through ${groups.length === 1 ? 'group' : 'groups'} ${groups.join(', ')}` : '';
  return `is a policy that ${count(users, 'user')} and ${count(roles, 'role')} have${by}.`;
}

const list = (heading: string, items: readonly string[], layout: Layout): string =>
  items.length === 0 ? '' : [heading, ...items.map((item) => layout.paragraph(`- ${item}`, 2, 4))].join('\n');

const people = (heading: string, holders: readonly Holder[], paint: Paint, layout: Layout): string =>
  holders.length === 0
    ? ''
    : [paint('bold', `${heading} (${holders.length})`), ...holders.map((holder) => line(holder, layout))].join('\n');

function line({ principal, group, isOnPath }: Holder, layout: Layout): string {
  const { arn, verdict, would = verdict, conditions } = principal;
  const through = group === undefined ? '' : ` (through group ${group})`;
  const path = isOnPath && verdict !== 'admin' ? pathInWords(principal) : '';
  const outcome = verdict === 'none' ? '' : outcomeInWords(outcomes[would], conditions);
  return [
    layout.paragraph(printable(`${arn}${through}`), 2, 4),
    ...[outcome, path, ...reachLines(principal)]
      .filter((text) => text !== '')
      .map((text) => layout.paragraph(printable(text), 6)),
  ].join('\n');
}
