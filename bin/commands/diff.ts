import { Command } from 'commander';
import { checks as allChecks } from '../../lambda/scanner/checks/index.ts';
import { type Severity, isAtLeast } from '../../lambda/scanner/model/severity.ts';
import { type ChangeReport, renderChanges } from '../../lambda/scanner/report/changes.ts';
import { jsonPieces } from '../../lambda/scanner/report/json.ts';
import type { Environment } from '../environment.ts';
import { compareSnapshots, refuseMisuse } from './compare-snapshots.ts';
import { readConfig } from './config-file.ts';
import { joined } from './pieces.ts';
import { formatOption, severityOption } from './options.ts';

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
  refuseMisuse([olderPath, newerPath], older, newer);
  const { tool, admins: _, ...result } = compareSnapshots(older, newer, { config, version });
  const text =
    format === 'json'
      ? jsonPieces({ schemaVersion: 1, tool, ...result })
      : [renderChanges(result, { color: terminal.showsColor })];
  for (const piece of joined(text)) terminal.print(piece);
  exit(exitCode(result, failOn));
}

/** 1 if a change is at or above the threshold; 3 if something could not be compared; 0 otherwise. */
function exitCode({ changes, notCompared, onlyOnce }: ChangeReport, failOn: Severity | undefined): 0 | 1 | 3 {
  if (failOn !== undefined && changes.some(({ severity }) => isAtLeast(severity, failOn))) return 1;
  return notCompared.length + onlyOnce.length === 0 ? 0 : 3;
}
