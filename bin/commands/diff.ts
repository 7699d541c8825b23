import { Command } from 'commander';
import { checks as allChecks } from '../../lambda/scanner/checks/index.ts';
import { UsageError } from '../../lambda/scanner/errors.ts';
import type { SavedSnapshots } from '../../lambda/scanner/collect/read-snapshot.ts';
import { toIso } from '../../lambda/scanner/model/instant.ts';
import { type Severity, isAtLeast } from '../../lambda/scanner/model/severity.ts';
import { type ChangeReport, renderChanges } from '../../lambda/scanner/report/changes.ts';
import { jsonPieces } from '../../lambda/scanner/report/json.ts';
import { scan } from '../../lambda/scanner/scan.ts';
import type { Environment } from '../environment.ts';
import { readConfig } from './config-file.ts';
import { joined } from './pieces.ts';
import { formatOption, severityOption } from './options.ts';
import { baselineOf } from './source.ts';

interface DiffOptions {
  readonly format: 'text' | 'json';
  readonly config?: string;
  readonly failOn?: Severity;
}

/** `diff`: what changed between two snapshots of an account or an organization. */
export const diffCommand = (environment: Environment): Command =>
  new Command('diff')
    .argument('<older>', 'the earlier snapshot, or a folder of snapshots')
    .argument('<newer>', 'the later one')
    .addOption(formatOption(['text', 'json']))
    .option('--config <file>', 'the configuration file: break-glass identities (default: iam-vigil.yaml, if it exists)')
    .addOption(severityOption('--fail-on <severity>', 'exit with code 1 if a change has this severity or higher'))
    .action((older: string, newer: string, options: DiffOptions) => runDiff(older, newer, options, environment));

async function runDiff(
  olderPath: string,
  newerPath: string,
  { format, config: file, failOn }: DiffOptions,
  { terminal, version, exit }: Environment,
): Promise<void> {
  const config = await readConfig(file, allChecks);
  const { readSnapshots } = await import('../../lambda/scanner/collect/read-snapshot.ts');
  const [older, newer] = [await readSnapshots(olderPath), await readSnapshots(newerPath)];
  const now = latest(newer);
  refuseMisuse(olderPath, newerPath, older, newer);
  const { accounts: snapshots, ...organization } = newer;
  const report = scan(snapshots, { ...organization, checks: [], config, now, version, ...baselineOf(older) });
  const result: ChangeReport = {
    accounts: accountsIn(newer).filter((account) => accountsIn(older).includes(account)),
    onlyOnce: differing(older, newer),
    ...{ olderTakenAt: toIso(latest(older)), newerTakenAt: toIso(now) },
    ...{ changes: report.changes, notCompared: report.notCompared ?? [] },
  };
  const head = { schemaVersion: 1, tool: report.tool };
  const text = format === 'json' ? jsonPieces({ ...head, ...result }) : [renderChanges(result, { color: terminal.showsColor })];
  for (const piece of joined(text)) terminal.print(piece);
  exit(exitCode(result, failOn));
}

/** 1 if a change is at or above the threshold; 3 if something could not be compared; 0 otherwise. */
function exitCode({ changes, notCompared = [], onlyOnce }: ChangeReport, failOn: Severity | undefined): 0 | 1 | 3 {
  if (failOn !== undefined && changes.some(({ severity }) => isAtLeast(severity, failOn))) return 1;
  return notCompared.length + onlyOnce.length === 0 ? 0 : 3;
}

const latest = ({ accounts }: SavedSnapshots): number => Math.max(...accounts.map(({ takenAt }) => takenAt));
const accountsIn = ({ accounts }: SavedSnapshots): readonly string[] => accounts.map(({ accountId }) => accountId);

function differing(older: SavedSnapshots, newer: SavedSnapshots): readonly string[] {
  const [was, is] = [accountsIn(older), accountsIn(newer)];
  return [...was.filter((account) => !is.includes(account)), ...is.filter((account) => !was.includes(account))].toSorted();
}

function refuseMisuse(olderPath: string, newerPath: string, older: SavedSnapshots, newer: SavedSnapshots): void {
  if (!accountsIn(older).some((account) => accountsIn(newer).includes(account)))
    throw new UsageError(
      `${olderPath} and ${newerPath} have no account in common: ${accountsIn(older).join(', ')} and ${accountsIn(newer).join(', ')}`,
    );
  if (latest(older) > latest(newer))
    throw new UsageError(`${olderPath} is newer than ${newerPath}. Name the earlier snapshot first`);
}
