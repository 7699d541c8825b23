import { type Command, Option } from 'commander';
import { checks } from '../../lambda/scanner/checks/index.ts';
import { UsageError } from '../../lambda/scanner/errors.ts';
import type { Report } from '../../lambda/scanner/model/report.ts';
import type { AsffPlace } from '../../lambda/scanner/report/asff-file.ts';
import { resourceIndex } from '../../lambda/scanner/report/asff/resources.ts';
import { type FormatName, formatOfFile, formats } from '../../lambda/scanner/report/formats.ts';
import type { ReportTextOptions, TextOptions } from '../../lambda/scanner/report/text/context.ts';
import { type Grouping, groupings } from '../../lambda/scanner/report/text/group-findings.ts';
import type { Terminal } from '../terminal.ts';
import { formatOption } from './options.ts';
import { joined } from './pieces.ts';
import type { Source } from './source.ts';
import { requireRoomFor, writePrivate } from './write-file.ts';

/** Where the report goes, in which format, and how much of it a text shows. */
export interface OutputOptions {
  readonly all?: boolean;
  readonly details?: boolean;
  readonly by?: Grouping;
  readonly region?: string;
  /** Absent: a file has the format of its ending. */
  readonly format?: FormatName;
  /** Absent: the terminal. */
  readonly output?: readonly string[];
}

const endings = Object.values(formats).flatMap((format): readonly string[] => format.endings);

/** Adds the options that say where the report goes, and in which format. */
export const withOutput = (command: Command): Command =>
  command
    .addOption(formatOption(Object.keys(formats)).default(undefined, 'text; for a file that of its ending'))
    .option(
      '--output <file>',
      `write the report to a file instead of the terminal, in the format of its ending: ${endings.join(', ')}; may be repeated`,
      (file: string, earlier?: readonly string[]) => [...(earlier ?? []), file],
    )
    .option('--all', 'list every finding, not only the ten worst')
    .option('--details', 'with each finding why, its evidence and the next step')
    .addOption(new Option('--by <group>', 'list the findings by check, principal or account').choices(groupings));

/**
 * Checks, before anything is collected, that every file can be written.
 *
 * @throws UsageError when one cannot.
 */
export async function requireOutput({ output = [] }: OutputOptions): Promise<void> {
  for (const file of output) await requireRoomFor(file);
}

/**
 * Writes the report to every file, or prints it if there is none.
 *
 * @throws UsageError when a file cannot be written, or a format needs a Region and none is known.
 */
export async function putOut(report: Report, options: OutputOptions & Typed, source: Source, terminal: Terminal): Promise<void> {
  const { format, output, region = source.aws?.region, ...shown } = options;
  const render = (name: FormatName, own: TextOptions) =>
    formats[name].render(report, { ...shown, ...own, ...(name === 'asff' ? { asff: asffPlace(region, source) } : {}) });
  for (const file of output ?? []) await writePrivate(file, render(format ?? formatOfFile(file) ?? 'text', { color: false }));
  if (output !== undefined) return;
  const { showsColor: color, width } = terminal;
  for (const piece of joined(render(format ?? 'text', { color, width }))) terminal.print(piece);
}

type Typed = Pick<ReportTextOptions, 'typed'>;

function asffPlace(region: string | undefined, { snapshots }: Source): AsffPlace {
  if (region === undefined)
    throw new UsageError('findings in ASFF belong to a Region. Set the one that they are for, for example --region eu-west-1');
  return {
    region,
    partition: snapshots[0]?.partition ?? 'aws',
    checks,
    resources: new Map(snapshots.map(({ accountId, facts }) => [accountId, resourceIndex(facts)])),
  };
}
