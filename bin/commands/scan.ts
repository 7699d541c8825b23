import { Command } from 'commander';
import { checks as allChecks } from '../../lambda/scanner/checks/index.ts';
import { isEnabled } from '../../lambda/scanner/config.ts';
import { factsFor } from '../../lambda/scanner/permissions.ts';
import { UsageError } from '../../lambda/scanner/errors.ts';
import type { Check } from '../../lambda/scanner/check.ts';
import type { Severity } from '../../lambda/scanner/model/severity.ts';
import { isAtLeast } from '../../lambda/scanner/model/severity.ts';
import type { Report } from '../../lambda/scanner/model/report.ts';
import { renderers } from '../../lambda/scanner/report/renderers.ts';
import { scan } from '../../lambda/scanner/scan.ts';
import type { RawFactName } from '../../lambda/scanner/facts/index.ts';
import type { Environment } from '../program.ts';
import type { Terminal } from '../terminal.ts';
import { readConfig } from './config-file.ts';
import { exitCode } from './exit-code.ts';
import { formatOption, parseList, severityOption, withInventory, withSource } from './options.ts';
import { saveSnapshot } from './save-snapshot.ts';
import { type OrganizationOptions, collectWholeOrganization } from './organization-source.ts';
import { type SecurityHubCommandOptions, deliverReport, openDestination, refuseMisuse, withSecurityHub } from './security-hub.ts';
import { type Source, openSource, readBaseline } from './source.ts';
import { requireRoomFor, writeResult } from './write-file.ts';

interface ScanCommandOptions extends SecurityHubCommandOptions, OrganizationOptions {
  readonly organization?: boolean;
  readonly format: keyof typeof renderers;
  readonly output?: string;
  readonly config?: string;
  readonly baseline?: string;
  readonly minSeverity?: Severity;
  readonly failOn?: Severity;
}

/** `scan`: collects, judges and prints. */
export const scanCommand = (environment: Environment): Command =>
  withSecurityHub(
    withInventory(withSource(new Command('scan').description('scan an account, or saved files, and print what is wrong'))),
  )
    .addOption(formatOption(Object.keys(renderers)))
    .option('--output <file>', 'write the result to a file instead of the terminal')
    .option(
      '--save-snapshot <file>',
      'keep what AWS answered, to scan it again later (packed when the name ends in .gz); of an Organization a folder, from which an interrupted scan goes on',
    )
    .option('--baseline <path>', 'an earlier snapshot, or a folder of them, to compare with')
    .option('--organization', 'scan every account of the Organization, by a role in each')
    .option('--role <name>', 'the role to assume in each account (default: OrganizationAccountAccessRole)')
    .option('--external-id <id>', 'what the trust policy of that role asks for, if anything')
    .option('--config <file>', 'thresholds, exceptions and emergency identities (default: iam-vigil.yaml, where there is one)')
    .option('--checks <ids>', 'run only these checks, separated by commas', parseList)
    .addOption(severityOption('--min-severity <severity>', 'print only findings this bad or worse'))
    .addOption(severityOption('--fail-on <severity>', 'exit with 1 when a finding is this bad or worse'))
    .action((options: ScanCommandOptions) => runScan(options, environment));

async function runScan(options: ScanCommandOptions, { terminal, version, exit }: Environment): Promise<void> {
  refuseMisuse(options);
  const config = await readConfig(options.config, allChecks);
  const checks = select(options.checks, (check) => isEnabled(check, config));
  await requireRoomFor(options.output);
  if (options.organization !== true) await requireRoomFor(options.saveSnapshot);
  const baseline = await readBaseline(options.baseline);
  const source = await openScan(options, factsFor(checks, options), terminal);
  const destination = options.securityHub === true ? await openDestination(options, source, checks) : undefined;
  const report = scan(source.snapshots, { checks, config, version, ...source, baseline });
  const text = renderers[options.format](atLeast(report, options.minSeverity), {
    color: terminal.showsColor && options.output === undefined,
  });
  if (options.output === undefined) terminal.print(text);
  else await writeResult(options.output, text);
  const isDelivered =
    destination === undefined || (await deliverReport(destination, report, { isDryRun: options.dryRun === true, terminal }));
  exit(exitCode({ ...report, complete: report.complete && isDelivered }, options.failOn));
}

async function openScan(options: ScanCommandOptions, facts: readonly RawFactName[], terminal: Terminal): Promise<Source> {
  if (options.organization === true) {
    if (options.snapshot !== undefined)
      throw new UsageError('--organization asks AWS; a folder of snapshots is scanned with --snapshot alone');
    if (options.securityHub === true)
      throw new UsageError('--security-hub delivers to the account that is scanned: leave it out, or --organization');
    if (options.inventory === true) throw new UsageError('--inventory looks at one account: leave it out, or --organization');
    return collectWholeOrganization(options, facts, terminal);
  }
  const source = await openSource(options, facts, terminal);
  if (options.saveSnapshot !== undefined) await saveSnapshot(options.saveSnapshot, source.file);
  return source;
}

/** The checks that the command line names, or those that the configuration leaves on. */
function select(ids: readonly string[] | undefined, isOn: (check: Check) => boolean): readonly Check[] {
  if (ids === undefined) return allChecks.filter(isOn);
  const unknown = ids.filter((id) => !allChecks.some((check) => check.id === id));
  if (ids.length === 0) throw new UsageError('--checks names no check; iam-vigil checks lists them');
  if (unknown.length > 0) throw new UsageError(`there is no check ${unknown.join(', ')}; iam-vigil checks lists them`);
  return allChecks.filter(({ id }) => ids.includes(id));
}

/** The report without the milder failures; what could not be judged stays. */
const atLeast = (report: Report, threshold: Severity | undefined): Report => ({
  ...report,
  findings: report.findings.filter(
    ({ severity, status }) => threshold === undefined || status === 'UNKNOWN' || isAtLeast(severity, threshold),
  ),
});
