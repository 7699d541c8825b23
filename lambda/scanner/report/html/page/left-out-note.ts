import { sum } from '../sum.ts';
import { counted } from '../words.ts';
import { type Content, element, itemsIn } from './dom.ts';
import type { Index } from './state.ts';

const ACCOUNTS_SHOWN = 5;

/** What the page of an organization leaves out, and where it is. */
export function leftOutNote({ report, accountInWords }: Index): Content {
  const { leftOut, admins, findings, changes } = report;
  if (leftOut === undefined) return undefined;
  const [principals, missing] = [sum(Object.values(leftOut.admins)), leftOut.accounts];
  const parts = [
    ...(principals > 0 ? [`the ${admins.length} strongest of ${counted(admins.length + principals, 'principal')}`] : []),
    ...(leftOut.findings > 0
      ? [`the ${findings.length} most important of ${counted(findings.length + leftOut.findings, 'finding')}`]
      : []),
    ...(leftOut.changes > 0
      ? [`the ${changes.length} most important of ${counted(changes.length + leftOut.changes, 'change')}`]
      : []),
  ];
  return [
    element(
      'p',
      { class: 'quiet' },
      parts.length === 0
        ? 'This page has all principals, findings and changes. '
        : `This page has ${new Intl.ListFormat('en').format(parts)}. `,
      'Each account has a page of its own in the same bucket: ',
      element('code', {}, 'reports/<account>/latest.html'),
      '. Notices about exceptions are there.',
    ),
    leftOut.unseen === 0
      ? undefined
      : element('p', { class: 'bad' }, `The list of what could not be seen leaves out ${counted(leftOut.unseen, 'line')}.`),
    missing.length === 0
      ? undefined
      : [
          element(
            'p',
            { class: 'bad' },
            `Nothing of ${counted(missing.length, 'scanned account')} is on this page, because its delivery failed:`,
          ),
          itemsIn(
            missing.map((account) => element('li', {}, accountInWords(account))),
            ACCOUNTS_SHOWN,
          ),
        ],
  ];
}
