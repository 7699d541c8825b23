import { type Verdict, verdicts } from '../model/verdict.ts';
import { outcomeInWords } from '../model/conditions-in-words.ts';
import { pathInWords } from '../model/path-in-words.ts';
import type { VerdictWithUsers, RolePeople } from '../model/role-people.ts';
import { type PersonLine, peopleWithAdminAccess } from '../organization/identity-center-users.ts';
import { type Paint, paintFor } from './paint.ts';
import { printable } from './printable.ts';
import { adminCounts } from './text/admin-counts.ts';
import { isCounted } from './verdict-counts.ts';
import type { TextOptions } from './text/context.ts';
import { type Layout, layoutFor } from './text/layout.ts';
import { outcomes, reachLines } from './verdict-words.ts';

const headings = {
  admin: 'Admin: allowed every action on every resource',
  'can-become-admin': 'Can become admin with its present permissions',
  'can-grant-admin': 'Can make another principal admin, but not itself',
  conditional: 'Conditional: one of the above, depending on conditions that the scan cannot verify',
  none: 'No path to admin',
} as const satisfies Record<Verdict, string>;

const ELSEWHERE = 'Admin, or can become it, in other accounts only';

/**
 * The verdicts as text, strongest first. Within a verdict, platform roles come last. Then the people of IAM Identity Center, and why
 * some of them may be missing.
 */
export function renderAdmins(
  principals: readonly VerdictWithUsers[],
  { color, width, peopleUnseen }: TextOptions & { readonly peopleUnseen?: string | undefined },
): string {
  const paint = paintFor(color);
  const layout = layoutFor(width);
  const isElsewhere = ({ verdict, reach }: VerdictWithUsers) => verdict === 'none' && reach !== undefined;
  const groups = [
    ...verdicts.slice(0, -1).map((verdict) => [headings[verdict], principals.filter((one) => one.verdict === verdict)] as const),
    [ELSEWHERE, principals.filter(isElsewhere)] as const,
    [headings.none, principals.filter((one) => one.verdict === 'none' && !isElsewhere(one))] as const,
  ];
  const sections = groups.flatMap(([heading, group]) => {
    if (group.length === 0) return [];
    const sorted = [...group.filter(({ platform }) => !platform), ...group.filter(({ platform }) => platform)];
    return [[paint('bold', `${heading} (${countOf(group)})`), ...sorted.map((one) => line(one, paint, layout))].join('\n')];
  });
  if (sections.length === 0) return 'No principal has, or can escalate to, administrator access.\n';
  const people = peopleWithAdminAccess(principals);
  const byPerson =
    people.length === 0
      ? []
      : [
          [
            paint('bold', `People who are, or can become, admin through IAM Identity Center (${people.length})`),
            ...people.map((person) => layout.paragraph(personLine(person), 2, 6)),
          ].join('\n'),
        ];
  const gap =
    peopleUnseen === undefined
      ? []
      : [layout.paragraph(printable(`Not all users of IAM Identity Center could be determined: ${peopleUnseen}`))];
  return `${[...sections, ...byPerson, ...gap, layout.paragraph(adminCounts(principals), 0, 2)].join('\n\n')}\n`;
}

/** How many there are, as a scan counts them: root users and platform roles apart. */
function countOf(group: readonly VerdictWithUsers[]): string {
  const platform = group.filter((one) => one.platform).length;
  const own = group.filter(isCounted).length;
  const parts = [
    ...(platform > 0 ? [`${platform} platform ${platform === 1 ? 'role' : 'roles'}`] : []),
    ...(group.length > own + platform ? [`${group.length - own - platform} root`] : []),
  ];
  return [`${own}`, ...parts].join(', and ');
}

function line(principal: VerdictWithUsers, paint: Paint, layout: Layout): string {
  const { arn, verdict, would, platform, path, conditions, people, abilities = [], ...more } = principal;
  const mark = platform ? paint('dim', '  (platform role)') : '';
  const calls = verdict === 'admin' || verdict === 'none' ? '' : pathInWords({ path });
  const details = [
    ...(people === undefined ? [] : [behind(people)]),
    ...(calls === '' ? [] : [calls]),
    ...(verdict === 'conditional' ? [outcomeInWords(outcomes[would ?? verdict], conditions)] : []),
    ...reachLines(more),
    // The heading says that a principal can take over the account, and with it all the rest.
    ...(abilities.length === 0 || abilities.includes('take over') ? [] : [`can ${abilities.join(', ')}`]),
  ];
  return [
    layout.paragraph(`${printable(arn)}${mark}`, 2, 4),
    ...details.map((detail) => layout.paragraph(printable(detail), 6)),
  ].join('\n');
}

const PEOPLE_SHOWN = 10;

/** The people who can use a role of IAM Identity Center, in one line. */
function behind({ permissionSet, groups, people, unseen }: RolePeople): string {
  const by = groups.length > 0 ? `, through ${groups.join(', ')}` : '';
  const who = people.length > 0 ? someOf(people.map(({ person }) => person)) : 'no users';
  const gap = unseen === undefined ? '' : `; incomplete: ${unseen}`;
  return `permission set ${permissionSet}: ${people.length === 0 && unseen !== undefined ? 'users unknown' : who}${by}${gap}`;
}

const personLine = ({ person, accounts, permissionSets, groups }: PersonLine): string => {
  const by = groups.length > 0 ? ` through ${groups.join(', ')}` : '';
  const where = `${accounts.length} ${accounts.length === 1 ? 'account' : 'accounts'} (${someOf(accounts)})`;
  return printable(`${person}: ${permissionSets.join(', ')} in ${where}${by}`);
};

const someOf = (names: readonly string[]): string =>
  names.length > PEOPLE_SHOWN
    ? `${names.slice(0, PEOPLE_SHOWN).join(', ')} and ${names.length - PEOPLE_SHOWN} more`
    : names.join(', ');
