import type { Containment, ContainmentStep } from '../model/containment.ts';
import { type Paint, paintFor } from './paint.ts';
import { printable } from './printable.ts';
import type { TextOptions } from './text/context.ts';
import { type Layout, layoutFor } from './text/layout.ts';

/** How accounts are named: by ID, and by name where one is known. */
type NameAccount = (account: string) => string;

/** The commands in their order, what to look at, and what remains, for a person at a terminal. */
export function renderContainment(
  containment: Containment,
  { color, width, nameAccount }: TextOptions & { readonly nameAccount: NameAccount },
): string {
  const paint = paintFor(color);
  const layout = layoutFor(width);
  const { review, remains } = containment;
  const sections = [
    heading(containment, paint, layout),
    ...commands(containment, nameAccount, paint),
    ...(review.length === 0
      ? []
      : [
          [
            paint('bold', 'Then look at:'),
            ...review.map(({ account, text, command }) =>
              [
                layout.paragraph(printable(`- ${nameAccount(account)}: ${text}${command === undefined ? '' : ':'}`), 0, 2),
                ...(command === undefined ? [] : [`    ${printable(command)}`]),
              ].join('\n'),
            ),
          ].join('\n'),
        ]),
    [paint('bold', 'No command ends:'), ...remains.map((text) => layout.paragraph(printable(`- ${text}`), 0, 2))].join('\n'),
  ];
  return `${sections.join('\n\n')}\n`;
}

function heading({ principal, accessKeyId, reach, since, sessionsBefore }: Containment, paint: Paint, layout: Layout): string {
  const others = reach.length - 1;
  const accounts = new Set(reach.map(({ account }) => account)).size;
  const open = reach.filter(({ certain }) => !certain).length;
  const key = accessKeyId === undefined ? '' : `access key ${accessKeyId} of `;
  const count =
    others === 0
      ? 'The holder can act as no other user or role.'
      : `The holder can act as ${others} other ${others === 1 ? 'user or role' : 'users and roles'} in ${accounts} ${accounts === 1 ? 'account' : 'accounts'}${open === 0 ? '' : `, as ${open} of them only if conditions hold`}.`;
  return [
    `${paint('bold', 'iam-vigil contain')}  ${printable(`${key}${principal}`)}`,
    layout.paragraph(
      `${count} Other credentials count as its own if they were created or changed since ${since}; --since DATE names a later time. iam-vigil runs none of these commands.`,
    ),
    layout.paragraph(
      `Run them in this order, all before ${sessionsBefore}, with credentials that none of them ends. Until then the sessions of the users and roles below are denied, also those of their owners. Then run iam-vigil contain again: it lists what was created in the meantime.`,
    ),
  ].join('\n');
}

/** The commands of each account, with what each ends as a comment of the shell above it. */
function commands({ steps }: Containment, nameAccount: NameAccount, paint: Paint): readonly string[] {
  const accounts = [...new Set(steps.map(({ account }) => account))];
  return accounts.map((account) =>
    [
      paint('bold', `# In account ${nameAccount(account)}, with credentials of that account:`),
      ...steps.filter((step) => step.account === account).flatMap((step) => stepLines(step, paint)),
    ].join('\n'),
  );
}

const stepLines = ({ ends, command, certain }: ContainmentStep, paint: Paint): readonly string[] => [
  paint('dim', `# ends ${printable(ends)}${certain ? '' : ' (the holder has them only if conditions hold)'}`),
  printable(command),
];
