import { type PrincipalVerdict, type Verdict, verdicts } from '../model/verdict.ts';
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

/** The verdicts for a person at a terminal, strongest first, people's principals before those of the platform. */
export function renderAdmins(principals: readonly PrincipalVerdict[], { color }: TextOptions): string {
  const paint = paintFor(color);
  const sections = verdicts.flatMap((verdict) => {
    const group = principals.filter((principal) => principal.verdict === verdict);
    if (group.length === 0) return [];
    const sorted = [...group.filter(({ platform }) => !platform), ...group.filter(({ platform }) => platform)];
    return [
      [paint('bold', `${headings[verdict]} (${group.length})`), ...sorted.map((principal) => line(principal, paint))].join('\n'),
    ];
  });
  return sections.length > 0 ? `${sections.join('\n\n')}\n` : 'Nobody is admin, and nobody can become it.\n';
}

function line({ arn, verdict, would, platform, path, conditions }: PrincipalVerdict, paint: Paint): string {
  const shown = printable(arn);
  const mark = platform ? paint('dim', '  (platform)') : '';
  if (verdict === 'admin' || verdict === 'none') return `  ${shown}${mark}`;
  const steps = path.map(({ rule, from, to }) => (from === to ? rule : `${rule} ${shortName(to)}`)).join(', then ');
  const ifs =
    verdict === 'conditional' ? `  would be ${would ?? 'more'} if ${conditions.map(({ text }) => text).join('; ')}` : '';
  return `  ${shown}${mark}\n      ${printable(`${steps}${ifs}`)}`;
}

const shortName = (arn: string) => arn.split(':').slice(5).join(':');
