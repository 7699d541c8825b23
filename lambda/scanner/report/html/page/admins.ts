import { outcomeInWords } from '../../../model/conditions-in-words.ts';
import { pathInWords } from '../../../model/path-in-words.ts';
import { byStrength } from '../strength.ts';
import { sum } from '../sum.ts';
import { type Admin, counted, principalInWords, statementInWords, verdictWords, withNames } from '../words.ts';
import { adminDetail } from './detail.ts';
import { type Content, element, section } from './dom.ts';
import { filters, occurring } from './filters.ts';
import type { ListSection } from './findings.ts';
import { type List, listOf } from './rows.ts';
import { type Index, linkTo, writeHash } from './state.ts';

/** Every principal that is admin somewhere: the strongest first, platform roles last. */
export function adminsSection(index: Index): ListSection {
  const admins = index.report.admins.toSorted(byStrength);
  const list: List<Admin> = listOf<Admin>({
    ...{ id: 'admins-list', caption: 'Principals that are, or can become, admin', noun: 'principal' },
    all: admins.length + sum(Object.values(index.report.leftOut?.admins ?? {})),
    columns: [
      { heading: 'Principal', cell: (admin) => nameOf(admin, index) },
      { heading: 'Verdict', cell: ({ verdict }) => element('span', { class: `mark ${verdict}` }, verdictWords[verdict]) },
      { heading: 'Other accounts', cell: reachOf },
      { heading: 'Signs in by', cell: ({ arn }) => withNames(index.signIns.get(arn)?.signsInBy.join(', ') ?? NOT_LISTED) },
      { heading: 'Protected by', cell: ({ arn }) => protection(index.signIns.get(arn)?.protectedBy) },
      { heading: 'How', cell: howOf },
    ],
    detail: (admin) => adminDetail(admin, index),
    onOpen: ({ arn }) => {
      history.replaceState(undefined, '', linkTo('principal', arn));
    },
  });
  const chosen = filters('name', 'Filter the admins', choicesOf(admins, index), () => {
    show();
  });
  const show = () => {
    list.show(admins.filter(matcher(chosen.values(), index)));
  };
  chosen.node.addEventListener('input', () => {
    writeHash(chosen.values());
  });
  show();
  return {
    node: section('admins', 'Who is, or can become, admin', chosen.node, list.node),
    names: ['name', 'verdict', 'in'],
    filter: chosen.set,
    open: (arn) => {
      const admin = index.admins.get(arn);
      if (admin === undefined) return false;
      if (list.open(admin)) return true;
      chosen.set(new URLSearchParams());
      return list.open(admin);
    },
  };
}

const nameOf = ({ arn, account, platform, people }: Admin, { report, accountInWords }: Index): Content => [
  element('b', {}, principalInWords(arn)),
  report.accounts.length > 1 ? element('span', { class: 'where' }, `in ${accountInWords(account)}`) : undefined,
  platform ? element('span', { class: 'where' }, 'platform role') : undefined,
  people === undefined
    ? undefined
    : element('span', { class: 'where' }, `${counted(people.people.length, 'user')} of IAM Identity Center`),
];

function reachOf({ reachedAccounts }: Admin): Content {
  if (reachedAccounts === undefined) return '–';
  const { count, accounts, ifConditions } = reachedAccounts;
  const more = ifConditions === 0 ? '' : `${count === 0 ? '' : ', '}${ifConditions} if conditions hold`;
  const named =
    accounts.length > 0 && accounts.length <= 2 ? element('span', { class: 'where' }, accounts.join(', ')) : undefined;
  return [`${count === 0 ? '' : count}${more}`, named];
}

/** The list of admins in the report has the strongest of each account, and no root users. */
const NOT_LISTED = 'not listed';

function protection(listed: readonly string[] | undefined): Content {
  if (listed === undefined) return NOT_LISTED;
  if (listed.length === 0) return element('span', { class: 'bad' }, 'nothing');
  return listed.map((text) =>
    text.startsWith('MFA: ')
      ? element('span', { class: 'line' }, `MFA: ${devicesInWords(text)}`)
      : element('span', { class: text.startsWith('no MFA') ? 'line bad' : 'line' }, text),
  );
}

/** The kinds of devices, which say how much they protect: `2 × certified FIDO`. */
function devicesInWords(text: string): string {
  const kinds = new Map<string, number>();
  for (const [, kind = ''] of text.matchAll(/ \(([^)]+)\)/g)) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  return [...kinds].map(([kind, count]) => (count === 1 ? kind : `${count} × ${kind}`)).join(', ');
}

/** The calls of the path; of an admin, the statement that makes it one. */
function howOf(admin: Admin): Content {
  const { verdict, would = verdict, path, conditions, reach = [] } = admin;
  const calls = pathInWords(path.length > 0 ? admin : { path: reach[0]?.path ?? [] });
  const [allowing] = path.at(-1)?.statements ?? [];
  return [
    calls === '' ? undefined : element('code', {}, calls),
    calls === '' && allowing ? statementInWords(allowing) : undefined,
    verdict === 'conditional' ? element('span', { class: 'where' }, outcomeInWords(verdictWords[would], conditions)) : undefined,
  ];
}

const choicesOf = (admins: readonly Admin[], { accountInWords }: Index) => [
  { name: 'verdict', label: 'Verdict', options: [...Object.entries(verdictWords), ['platform', 'Platform roles'] as const] },
  {
    name: 'in',
    label: 'Account',
    options: occurring(
      admins.map(({ account }) => account),
      accountInWords,
    ),
  },
];

function matcher(
  { name = '', verdict = '', in: account = '' }: Readonly<Record<string, string>>,
  { signIns }: Index,
): (admin: Admin) => boolean {
  const words = name
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return (admin) => {
    if (account !== '' && admin.account !== account) return false;
    if (verdict !== '' && verdict !== (admin.platform ? 'platform' : admin.verdict)) return false;
    const { signsInBy = [], protectedBy = [] } = signIns.get(admin.arn) ?? {};
    const people = admin.people?.people.map(({ person }) => person) ?? [];
    const text = [admin.arn, verdictWords[admin.verdict], ...signsInBy, ...protectedBy, ...people].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  };
}
