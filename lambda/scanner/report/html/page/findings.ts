import type { Finding } from '../../../model/finding.ts';
import { severities } from '../../../model/severity.ts';
import { statusWords } from '../words.ts';
import { findingDetail, severityMark } from './detail.ts';
import { section } from './dom.ts';
import { filters, occurring } from './filters.ts';
import { type List, listOf } from './rows.ts';
import { type Index, linkTo, writeHash } from './state.ts';

/** A section with a list that can be filtered, and what a link into it does. */
export interface ListSection {
  readonly node: HTMLElement;
  /** The names of the parts of a hash that set its filters. */
  readonly names: readonly string[];
  readonly filter: (hash: URLSearchParams) => void;
  /** Opens an item by its ID. Returns whether there is one. */
  readonly open: (id: string) => boolean;
}

/** All findings, failures first. */
export function findingsSection(index: Index): ListSection {
  const { findings } = index.report;
  const several = index.report.accounts.length > 1;
  const list: List<Finding> = listOf<Finding>({
    ...{ id: 'findings-list', caption: 'Findings, the most severe first', noun: 'finding' },
    all: findings.length + (index.report.leftOut?.findings ?? 0),
    columns: [
      { heading: 'Finding', cell: ({ headline }) => headline },
      { heading: 'Severity', cell: severityMark },
      { heading: 'Check', cell: ({ checkId }) => checkId },
      ...(several ? [{ heading: 'Account', cell: ({ account }: Finding) => index.accountInWords(account) }] : []),
    ],
    detail: (finding) => findingDetail(finding, index),
    onOpen: ({ id }) => {
      history.replaceState(undefined, '', linkTo('finding', id));
    },
  });
  const chosen = filters('q', 'Filter the findings', choicesOf(findings, index), () => {
    show();
  });
  const show = () => {
    list.show(findings.filter(matcher(chosen.values())));
  };
  chosen.node.addEventListener('input', () => {
    writeHash(chosen.values());
  });
  show();
  return {
    node: section('findings', 'Findings', chosen.node, list.node),
    names: ['q', 'severity', 'status', 'check', 'account'],
    filter: chosen.set,
    open: (id) => {
      const finding = index.findings.get(id);
      if (finding === undefined) return false;
      if (list.open(finding)) return true;
      chosen.set(new URLSearchParams());
      return list.open(finding);
    },
  };
}

const choicesOf = (findings: readonly Finding[], { accountInWords }: Index) => [
  {
    ...{ name: 'severity', label: 'Severity' },
    options: severities.toReversed().map((severity) => [severity, severity.toLowerCase()] as const),
  },
  {
    ...{ name: 'status', label: 'Status' },
    options: Object.entries(statusWords),
  },
  { name: 'check', label: 'Check', options: occurring(findings.map(({ checkId }) => checkId)).toSorted(byValue) },
  {
    name: 'account',
    label: 'Account',
    options: occurring(
      findings.map(({ account }) => account),
      accountInWords,
    ).toSorted(byValue),
  },
];

const byValue = ([a]: readonly [string, string], [b]: readonly [string, string]) => (a < b ? -1 : 1);

/** Whether a finding has what was chosen. A search looks for every word, anywhere. */
function matcher({ q = '', ...wanted }: Readonly<Record<string, string>>): (finding: Finding) => boolean {
  const words = q
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return ({ checkId, severity, status, account, headline, message, title, resource }) => {
    const has: Readonly<Record<string, string>> = { check: checkId, severity, status, account };
    if (Object.entries(wanted).some(([name, value]) => value !== '' && has[name] !== value)) return false;
    if (words.length === 0) return true;
    const text = [headline, message, title, checkId, resource.arn, account, severity].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  };
}
