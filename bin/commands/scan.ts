import { Command } from 'commander';
import { checks as allChecks } from '../../lambda/scanner/checks/index.ts';
import { isEnabled } from '../../lambda/scanner/config.ts';
import { factsFor } from '../../lambda/scanner/permissions.ts';
import { UsageError } from '../../lambda/scanner/errors.ts';
import type { Check } from '../../lambda/scanner/check.ts';
import type { Severity } from '../../lambda/scanner/model/severity.ts';
import { type Narrowing, narrowed } from '../../lambda/scanner/report/narrow.ts';
import { scan } from '../../lambda/scanner/scan.ts';
import type { RawFactName } from '../../lambda/scanner/facts/index.ts';
import type { Environment } from '../environment.ts';
import type { Terminal } from '../terminal.ts';
import { chosenAccount, chosenIdentity } from './chosen.ts';
import { readConfig } from './config-file.ts';
import { keepAnswers } from './debug-folder.ts';
import { exitCode } from './exit-code.ts';
import { parseList, severityOption, withInventory, withSource } from './options.ts';
import { type OutputOptions, putOut, requireOutput, withOutput } from './report-output.ts';
import { saveSnapshot } from './save-snapshot.ts';
import { type OrganizationOptions, collectWholeOrganization } from './organization-source.ts';
import { type SecurityHubCommandOptions, deliverReport, openDestination, refuseMisuse, withSecurityHub } from './security-hub.ts';
import { type Source, openSource, readBaseline } from './source.ts';
import { typedCommands } from './typed-command.ts';
import { requireRoomFor } from './write-file.ts';

interface ScanCommandOptions extends SecurityHubCommandOptions, OrganizationOptions, OutputOptions {
  readonly organization?: boolean;
  readonly config?: string;
  readonly baseline?: string;
  readonly minSeverity?: Severity;
  readonly principal?: string;
  readonly account?: string;
  readonly failOn?: Severity;
  readonly debug?: string;
}

/** `scan`: collects the data, evaluates the checks and prints the report. */
export const scanCommand = (environment: Environment): Command =>
  withOutput(withSecurityHub(withInventory(withSource(new Command('scan')))))
    .option(
      '--save-snapshot <path>',
      'save the collected data for later scans (gzip if the name ends in .gz); with --organization, a folder that also lets an interrupted scan resume',
    )
    .option(
      '--debug <folder>',
      'keep every answer of AWS in a new folder that only you can read, without secrets and access key IDs, for a bug report',
    )
    .option('--baseline <path>', 'an earlier snapshot, or a folder of snapshots, to compare with')
    .option('--organization', 'scan every account of the organization, by assuming a role in each')
    .option('--role <name>', 'the role to assume in each account (default: OrganizationAccountAccessRole)')
    .option('--external-id <id>', "the external ID required by the role's trust policy")
    .option(
      '--config <file>',
      'the configuration file: thresholds, exceptions and break-glass identities (default: iam-vigil.yaml, if it exists)',
    )
    .option('--checks <ids>', 'run only these checks, separated by commas', parseList)
    .addOption(severityOption('--min-severity <severity>', 'print only findings of this severity or higher'))
    .option('--principal <principal>', 'print only findings of this user, role, group or policy: an ARN, a name or a unique part')
    .option('--account <account>', 'print only findings of this account: an ID, a name or a unique part')
    .addOption(severityOption('--fail-on <severity>', 'exit with code 1 if a finding has this severity or higher'))
    .action((options: ScanCommandOptions) => runScan(options, environment));

async function runScan(given: ScanCommandOptions, { terminal, version, ownCommand, exit }: Environment): Promise<void> {
  refuseMisuse(given);
  const options =
    given.debug === undefined ? given : { ...given, onAnswer: await keepAnswers(given.debug, given.snapshot, terminal) };
  const config = await readConfig(options.config, allChecks);
  const checks = select(options.checks, (check) => isEnabled(check, config));
  await requireOutput(options);
  if (options.organization !== true) await requireRoomFor(options.saveSnapshot);
  const baseline = await readBaseline(options.baseline);
  const source = await openScan(options, factsFor(checks, options), terminal);
  const narrowing = narrowingOf(options, source);
  const destination = options.securityHub === true ? await openDestination(options, source, checks) : undefined;
  const report = scan(source.snapshots, { checks, config, version, ...source, ...baseline });
  const typed = typedCommands(ownCommand, options);
  await putOut(narrowed(report, narrowing), { ...options, typed }, source, terminal);
  const isDelivered =
    destination === undefined || (await deliverReport(destination, report, { isDryRun: options.dryRun === true, terminal }));
  exit(exitCode({ ...report, complete: report.complete && isDelivered }, options.failOn));
}

async function openScan(options: ScanCommandOptions, facts: readonly RawFactName[], terminal: Terminal): Promise<Source> {
  if (options.organization === true) {
    if (options.snapshot !== undefined)
      throw new UsageError(
        '--organization cannot be combined with --snapshot. To scan the saved snapshots of an organization, use --snapshot with their folder',
      );
    if (options.securityHub === true)
      throw new UsageError('--security-hub cannot be combined with --organization. Scan each account with its own credentials');
    if (options.inventory === true)
      throw new UsageError('--inventory cannot be combined with --organization. Scan each account with its own credentials');
    return collectWholeOrganization(options, facts, terminal);
  }
  const source = await openSource(options, facts, terminal);
  if (options.saveSnapshot !== undefined) await saveSnapshot(options.saveSnapshot, source.file);
  return source;
}

/** The checks that the command line names. Default: those that the configuration enables. */
function select(ids: readonly string[] | undefined, isOn: (check: Check) => boolean): readonly Check[] {
  if (ids === undefined) return allChecks.filter(isOn);
  const unknown = ids.filter((id) => !allChecks.some((check) => check.id === id));
  if (ids.length === 0) throw new UsageError('--checks needs at least one check ID. iam-vigil checks lists all checks');
  if (unknown.length > 0) throw new UsageError(`unknown check: ${unknown.join(', ')}. iam-vigil checks lists all checks`);
  return allChecks.filter(({ id }) => ids.includes(id));
}

/**
 * Which findings are printed.
 *
 * @throws UsageError when the principal or the account is not one of the scanned ones.
 */
function narrowingOf({ minSeverity, principal, account }: ScanCommandOptions, source: Source): Narrowing {
  const id = account === undefined ? undefined : chosenAccount(account, source);
  if (principal === undefined) return { minSeverity, account: id };
  const among = { snapshots: source.snapshots.filter(({ accountId }) => id === undefined || accountId === id) };
  const identity = chosenIdentity(principal, among);
  return { minSeverity, account: identity.account, principal: identity.arn };
}
