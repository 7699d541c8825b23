import { completeness } from '../../completeness.ts';
import { adminsSection } from './admins.ts';
import { coverage, exceptions, minute } from './coverage.ts';
import { type Content, element, nodesOf } from './dom.ts';
import { type ListSection, findingsSection } from './findings.ts';
import { overview } from './overview.ts';
import { readReport } from './read-report.ts';
import { type Index, indexOf, readHash } from './state.ts';

const links = {
  overview: 'Overview',
  changes: 'Changes',
  admins: 'Admins',
  findings: 'Findings',
  exceptions: 'Exceptions',
  coverage: 'Coverage',
} as const;

function header({ report, accountInWords }: Index): Content {
  const where = report.accounts.length > 1 ? `${report.accounts.length} accounts` : `account ${accountInWords(report.account)}`;
  return element(
    'header',
    {},
    element('h1', {}, 'iam-vigil ', element('span', {}, `${where}, ${minute(report.takenAt)}`)),
    element('p', { class: report.complete ? 'good' : 'bad' }, completeness(report)),
  );
}

const navigation = (): Content =>
  element(
    'nav',
    { 'aria-label': 'Sections' },
    Object.entries(links).map(([id, words]) => element('a', { href: `#${id}` }, words)),
  );

/** Goes where the hash leads: to an item, or to the list that it filters. */
function follow(admins: ListSection, findings: ListSection): void {
  const hash = readHash();
  const finding = hash.get('finding');
  const principal = hash.get('principal');
  if (finding !== null) findings.open(finding);
  else if (principal !== null) admins.open(principal);
  else {
    document.getElementById(location.hash.slice(1))?.scrollIntoView();
    for (const list of [admins, findings])
      if (list.names.some((name) => hash.has(name))) {
        list.filter(hash);
        list.node.scrollIntoView();
        list.node.querySelector<HTMLElement>('input')?.focus({ preventScroll: true });
      }
  }
}

async function start(): Promise<void> {
  const page = document.getElementById('page');
  const index = indexOf(await readReport());
  const [admins, findings] = [adminsSection(index), findingsSection(index)];
  document.title = `iam-vigil: ${index.accountInWords(index.report.account)}, ${minute(index.report.takenAt)}`;
  const sections = element('main', {}, overview(index), admins.node, findings.node, exceptions(index), coverage(index));
  page?.replaceChildren(...nodesOf([header(index), navigation(), sections]));
  page?.removeAttribute('aria-busy');
  addEventListener('hashchange', () => {
    follow(admins, findings);
  });
  follow(admins, findings);
}

start().catch((error: unknown) => {
  document.getElementById('page')?.replaceChildren(element('p', { class: 'bad' }, `This page cannot be shown: ${String(error)}`));
});
