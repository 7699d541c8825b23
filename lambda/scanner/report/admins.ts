import { type Verdict, verdicts } from '../model/verdict.ts';
import type { PeopledVerdict, RolePeople } from '../model/role-people.ts';
import { type PersonLine, peopleIn } from '../organization/people.ts';
import { type Paint, paintFor } from './paint.ts';
import { printable } from './printable.ts';
import type { TextOptions } from './text.ts';

const headings = {
  admin: 'Admin: allowed every action on every resource',
  'can-become-admin': 'Can become admin, by steps that are allowed today',
  'can-grant-admin': 'Can make another identity admin',
  conditional: 'Conditional: one of the above if something holds that is not known here',
  none: 'None of these',
} as const satisfies Record<Verdict, string>;

/**
 * The verdicts for a person at a terminal, strongest first, people's principals before those of the platform; then the people themselves,
 * and why there may be more of them.
 */
export function renderAdmins(
  principals: readonly PeopledVerdict[],
  { color, peopleUnseen }: TextOptions & { readonly peopleUnseen?: string | undefined },
): string {
  const paint = paintFor(color);
  const sections = verdicts.flatMap((verdict) => {
    const group = principals.filter((principal) => principal.verdict === verdict);
    if (group.length === 0) return [];
    const sorted = [...group.filter(({ platform }) => !platform), ...group.filter(({ platform }) => platform)];
    return [
      [paint('bold', `${headings[verdict]} (${group.length})`), ...sorted.map((principal) => line(principal, paint))].join('\n'),
    ];
  });
  if (sections.length === 0) return 'Nobody is admin, and nobody can become it.\n';
  const people = peopleIn(principals);
  const byPerson =
    people.length === 0
      ? []
      : [
          [
            paint('bold', `People who are, or can become, admin by IAM Identity Center (${people.length})`),
            ...people.map(personLine),
          ].join('\n'),
        ];
  const gap =
    peopleUnseen === undefined
      ? []
      : [printable(`Not everybody behind roles of IAM Identity Center could be seen: ${peopleUnseen}`)];
  return `${[...sections, ...byPerson, ...gap].join('\n\n')}\n`;
}

function line({ arn, verdict, would, platform, path, conditions, people }: PeopledVerdict, paint: Paint): string {
  const mark = platform ? paint('dim', '  (platform)') : '';
  const shown = `${printable(arn)}${mark}${people === undefined ? '' : `\n      ${printable(behind(people))}`}`;
  if (verdict === 'admin' || verdict === 'none') return `  ${shown}`;
  const steps = path.map(({ rule, from, to }) => (from === to ? rule : `${rule} ${shortName(to)}`)).join(', then ');
  const ifs =
    verdict === 'conditional' ? `  would be ${would ?? 'more'} if ${conditions.map(({ text }) => text).join('; ')}` : '';
  return `  ${shown}\n      ${printable(`${steps}${ifs}`)}`;
}

const shortName = (arn: string) => arn.split(':').slice(5).join(':');

const PEOPLE_SHOWN = 10;

/** Who stands behind a role, in one line. */
function behind({ permissionSet, groups, people, unseen }: RolePeople): string {
  const by = groups.length > 0 ? `, by ${groups.join(', ')}` : '';
  const who = people.length > 0 ? someOf(people.map(({ person }) => person)) : 'nobody';
  const gap = unseen === undefined ? '' : `; not all of it could be seen: ${unseen}`;
  return `permission set ${permissionSet}: ${people.length === 0 && unseen !== undefined ? 'who has it is not known' : who}${by}${gap}`;
}

const personLine = ({ person, accounts, permissionSets, groups }: PersonLine): string => {
  const by = groups.length > 0 ? ` by ${groups.join(', ')}` : '';
  const where = `${accounts.length} ${accounts.length === 1 ? 'account' : 'accounts'} (${someOf(accounts)})`;
  return printable(`  ${person}: ${permissionSets.join(', ')} in ${where}${by}`);
};

const someOf = (names: readonly string[]): string =>
  names.length > PEOPLE_SHOWN
    ? `${names.slice(0, PEOPLE_SHOWN).join(', ')} and ${names.length - PEOPLE_SHOWN} more`
    : names.join(', ');
