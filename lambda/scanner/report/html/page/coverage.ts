import { exceptionOf, findingLink } from './detail.ts';
import { type Content, element, itemsIn, section } from './dom.ts';
import type { Index } from './state.ts';

const EXCEPTIONS_SHOWN = 20;

/** The findings that exceptions accept, and the notices about exceptions. */
export function exceptions(index: Index): Content {
  const { findings, notices } = index.report;
  const accepted = findings.filter(({ status }) => status === 'SUPPRESSED');
  return section(
    'exceptions',
    'Exceptions',
    accepted.length === 0 ? element('p', {}, 'No exception applies to a finding.') : undefined,
    itemsIn(
      accepted.map((finding) => element('li', {}, findingLink(finding.id, index), exceptionOf(finding))),
      EXCEPTIONS_SHOWN,
    ),
    itemsIn(
      notices.map((notice) => element('li', {}, notice)),
      EXCEPTIONS_SHOWN,
    ),
  );
}

/** What was scanned: accounts, checks, and what no scan of this kind reads. */
export function coverage({ report, accountInWords }: Index): Content {
  const { summary, accounts, calls, tool, unread = [] } = report;
  const unwanted = unread.filter(({ isWanted }) => !isWanted);
  const off = summary.switchedOff === undefined ? '' : `, ${summary.switchedOff} turned off`;
  const headings = ['Account', 'Data of', 'Complete', 'Failed'].map((heading) => element('th', { scope: 'col' }, heading));
  const rows = accounts.map(({ account, takenAt, complete, failed }) =>
    element(
      'tr',
      {},
      [accountInWords(account), minute(takenAt), complete ? 'yes' : 'no', `${failed}`].map((text) => element('td', {}, text)),
    ),
  );
  return section(
    'coverage',
    'Coverage',
    element(
      'p',
      {},
      `${summary.checks} checks${off}: ${summary.passed} passed, ${summary.unknown} could not be evaluated. ${calls} AWS API calls. ${tool.name} ${tool.version}.`,
    ),
    element(
      'div',
      { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'Accounts' },
      element(
        'table',
        {},
        element('caption', { class: 'unseen' }, 'The scanned accounts'),
        element('thead', {}, element('tr', {}, headings)),
        element('tbody', {}, rows),
      ),
    ),
    unwanted.length === 0
      ? undefined
      : element(
          'details',
          {},
          element('summary', {}, `What the scan did not ask for (${unwanted.length})`),
          element(
            'ul',
            {},
            unwanted.map(({ account, fact, elements, checks }) =>
              element('li', {}, `${accountInWords(account)}: ${fact}: ${elements.join('; ')}. Checks: ${checks.join(', ')}.`),
            ),
          ),
        ),
  );
}

/** A time to the minute. */
export const minute = (time: string): string => time.replace('T', ' ').replace(/(:\d\d)?(\.\d+)?Z$/, ' UTC');
