import { shellQuote } from '../../lambda/scanner/model/command.ts';
import { type Instant, toIso } from '../../lambda/scanner/model/instant.ts';
import type { Severity } from '../../lambda/scanner/model/severity.ts';
import type { TypedCommand } from '../../lambda/scanner/report/text/next-commands.ts';
import type { OrganizationOptions } from './organization-source.ts';

/** The options of a scan that its next commands repeat. */
interface Repeated extends OrganizationOptions {
  readonly organization?: boolean;
  readonly config?: string;
  readonly baseline?: string;
  readonly principal?: string;
  readonly account?: string;
  readonly minSeverity?: Severity;
}

/**
 * The commands that follow a scan, with its source: the saved files that it read or wrote, or the profile and the Region. `scan` is
 * repeated with what decides its findings too.
 */
export const typedCommands =
  (own: string, options: Repeated): TypedCommand =>
  (command, ...more) => {
    const words = [command, ...sourceOf(options), ...(command === 'scan' ? scanOptions(options) : []), ...more];
    return [own, ...words.map(shellQuote)].join(' ');
  };

function sourceOf({ snapshot, saveSnapshot, takenAt, profile, region, inventory }: Repeated): readonly string[] {
  const saved = snapshot ?? saveSnapshot;
  if (saved !== undefined) return [...option('snapshot', saved), ...option('taken-at', timeOf(takenAt))];
  return [...option('profile', profile), ...option('region', region), ...(inventory ? ['--inventory'] : [])];
}

const scanOptions = ({ snapshot, saveSnapshot, config, baseline, now, ...more }: Repeated): readonly string[] => [
  ...option('config', config),
  ...option('baseline', baseline),
  ...option('now', timeOf(now)),
  ...((snapshot ?? saveSnapshot) === undefined && more.organization ? organizationOptions(more) : []),
  ...option('principal', more.principal),
  ...option('account', more.account),
  ...option('min-severity', more.minSeverity?.toLowerCase()),
];

const organizationOptions = ({ role, externalId }: Repeated): readonly string[] => [
  '--organization',
  ...option('role', role),
  ...option('external-id', externalId),
];

const timeOf = (instant: Instant | undefined): string | undefined => (instant === undefined ? undefined : toIso(instant));

/** An option with its value, joined where the value begins with a dash. */
const option = (name: string, value: string | undefined): readonly string[] => {
  if (value === undefined) return [];
  return value.startsWith('-') ? [`--${name}=${value}`] : [`--${name}`, value];
};
