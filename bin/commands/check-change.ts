import { Command } from 'commander';
import { checks as allChecks } from '../../lambda/scanner/checks/index.ts';
import type { SavedSnapshots } from '../../lambda/scanner/collect/read-snapshot.ts';
import { lostToLimits } from '../../lambda/scanner/drift/lost-to-limits.ts';
import { UsageError } from '../../lambda/scanner/errors.ts';
import { type Severity, isAtLeast } from '../../lambda/scanner/model/severity.ts';
import { type ChangeCheck, checkChange } from '../../lambda/scanner/report/change-check.ts';
import { renderChangeCheck, renderChangeCheckMarkdown } from '../../lambda/scanner/report/change-check-text.ts';
import { jsonPieces } from '../../lambda/scanner/report/json.ts';
import type { Environment } from '../environment.ts';
import { compareSnapshots, refuseMisuse } from './compare-snapshots.ts';
import { readConfig } from './config-file.ts';
import { formatOption, severityOption } from './options.ts';
import { joined } from './pieces.ts';
import { type PlannedOptions, type Planned, plannedAfter } from './planned-source.ts';

interface CheckChangeOptions extends PlannedOptions {
  readonly before: string;
  readonly after?: string;
  readonly format: 'text' | 'markdown' | 'json';
  readonly config?: string;
  readonly failOn?: Severity;
}

/** `check-change`: whether a change of policies gives someone administrator access. */
export const checkChangeCommand = (environment: Environment): Command =>
  new Command('check-change')
    .requiredOption('--before <path>', 'the snapshot before the change, or a folder of snapshots')
    .option('--after <path>', 'the snapshot after the change')
    .option('--template <file>', 'a CloudFormation template (JSON or YAML), laid over the snapshot before')
    .option(
      '--parameter <name=value>',
      'a parameter of the template, or a pseudo parameter such as AWS::Region and AWS::StackName; can be repeated',
      parameter,
      new Map<string, string>(),
    )
    .option('--plan <file>', 'a Terraform plan, as terraform show -json prints it, laid over the snapshot before')
    .option('--account <id>', 'the account that the template or the plan changes, if --before has several')
    .option('--what-if <file>', 'an SCP or RCP (JSON): whom it would stop; --before is the folder of an organization')
    .option('--attach-to <id>', 'the root, the organizational unit or the account that the policy of --what-if is attached to')
    .addOption(formatOption(['text', 'markdown', 'json']))
    .option('--config <file>', 'the configuration file: break-glass identities (default: iam-vigil.yaml, if it exists)')
    .addOption(severityOption('--fail-on <severity>', 'also exit with code 1 if any other change has this severity or higher'))
    .action((options: CheckChangeOptions) => runCheckChange(options, environment));

function parameter(text: string, known: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new UsageError(`--parameter ${text}: it must be NAME=VALUE`);
  return new Map([...known, [name, value]]);
}

async function runCheckChange(options: CheckChangeOptions, { terminal, version, exit }: Environment): Promise<void> {
  const { before, format, failOn } = options;
  const config = await readConfig(options.config, allChecks);
  const { readSnapshots } = await import('../../lambda/scanner/collect/read-snapshot.ts');
  const older = await readSnapshots(before);
  const { newer, notCompared } = await afterOf(older, options);
  const { tool, admins, ...compared } = compareSnapshots(older, newer, { config, version });
  const check = {
    ...checkChange({ ...compared, notCompared: [...notCompared, ...compared.notCompared] }, admins),
    ...(options.whatIf === undefined ? {} : { limited: lostToLimits(older.accounts, [older.organization, newer.organization]) }),
  };
  const text =
    format === 'json'
      ? jsonPieces({ schemaVersion: 1, tool, ...check })
      : [format === 'text' ? renderChangeCheck(check, { color: terminal.showsColor }) : renderChangeCheckMarkdown(check)];
  for (const piece of joined(text)) terminal.print(piece);
  exit(exitCode(check, failOn));
}

/** The account after the change: as it was saved, or as it will be. */
async function afterOf(older: SavedSnapshots, options: CheckChangeOptions): Promise<Planned> {
  const given = [options.after, options.template, options.plan, options.whatIf].filter((path) => path !== undefined);
  if (given.length !== 1) throw new UsageError('name the change by one of --after, --template, --plan and --what-if');
  if (options.after === undefined) return plannedAfter(older, options);
  const { readSnapshots } = await import('../../lambda/scanner/collect/read-snapshot.ts');
  const newer = await readSnapshots(options.after);
  refuseMisuse([options.before, options.after], older, newer);
  return { newer, notCompared: [] };
}

/** 1 if the change gives administrator access, or has a change at or above the threshold; 3 if that is not known; 0 otherwise. */
function exitCode({ result, changes }: ChangeCheck, failOn: Severity | undefined): 0 | 1 | 3 {
  if (result === 'gives-admin') return 1;
  if (failOn !== undefined && changes.some(({ severity }) => isAtLeast(severity, failOn))) return 1;
  return result === 'cannot-tell' ? 3 : 0;
}
