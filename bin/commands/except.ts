import { Command } from 'commander';
import { stringify } from 'yaml';
import { checks as allChecks } from '../../lambda/scanner/checks/index.ts';
import { isEnabled } from '../../lambda/scanner/config.ts';
import { UsageError } from '../../lambda/scanner/errors.ts';
import { type Standing, standingsIn } from '../../lambda/scanner/evaluate/exceptions.ts';
import type { Finding } from '../../lambda/scanner/model/finding.ts';
import { DAY, type Instant, toIso } from '../../lambda/scanner/model/instant.ts';
import { factsFor } from '../../lambda/scanner/permissions.ts';
import { printable } from '../../lambda/scanner/report/printable.ts';
import { scan } from '../../lambda/scanner/scan.ts';
import type { Environment } from '../environment.ts';
import { readConfig } from './config-file.ts';
import { type SourceOptions, readInstant, withSource } from './options.ts';
import { openSource } from './source.ts';

interface ExceptOptions extends SourceOptions {
  readonly config?: string;
  readonly reason: string;
  readonly owner: string;
  readonly ticket?: string;
  readonly expires?: Instant;
}

/** How long an exception stands if no end is given. */
const USUAL_DAYS = 90;

/** `except`: prints the exception that accepts one finding as it is now. */
export const exceptCommand = (environment: Environment): Command =>
  withSource(new Command('except'))
    .argument('<finding>', 'the ID of a finding, as scan --format json and Security Hub show it')
    .option('--reason <text>', 'why it is accepted; required in the file', '')
    .option('--owner <text>', 'who is responsible; required in the file', '')
    .option('--ticket <text>', 'the ticket')
    .option(
      '--expires <date>',
      `until when, ISO 8601; a date is the start of that day in UTC (default: in ${USUAL_DAYS} days)`,
      readInstant,
    )
    .option('--config <file>', 'the configuration file (default: iam-vigil.yaml, if it exists)')
    .action((id: string, options: ExceptOptions) => runExcept(id, options, environment));

async function runExcept(id: string, options: ExceptOptions, { terminal, version }: Environment): Promise<void> {
  const config = await readConfig(options.config, allChecks);
  const checks = allChecks.filter((check) => isEnabled(check, config));
  const source = await openSource(options, factsFor(checks), terminal);
  const { findings, admins } = scan(source.snapshots, { ...source, checks, config, version });
  const finding = findings.find((candidate) => candidate.id === id);
  if (finding === undefined)
    throw new UsageError(`no finding has the ID ${id}. iam-vigil scan --format json prints the IDs of all findings`);
  if (finding.status === 'UNKNOWN')
    throw new UsageError(`${id} could not be evaluated, and no exception accepts that: ${finding.message}`);
  const entry = entryOf(finding, standingsIn(admins)(finding.resource.arn), { ...options, now: source.now });
  terminal.print(`  # ${printable(finding.headline)}\n${indented(stringify([entry], { lineWidth: 0 }))}`);
}

/** The exception as the configuration has it: bound to how bad the finding is now. */
const entryOf = (
  { checkId, severity, resource }: Finding,
  { verdict = 'none', otherAccounts = 0 }: Standing,
  { reason, owner, ticket, now, expires = now + USUAL_DAYS * DAY }: Omit<ExceptOptions, 'now'> & { readonly now: Instant },
) => ({
  ...{ check: checkId, principal: resource.arn, reason, owner },
  ...(ticket === undefined ? {} : { ticket }),
  expires: toIso(expires).replace('T00:00:00Z', ''),
  accepted: { severity, verdict, otherAccounts },
});

const indented = (text: string): string => text.replaceAll(/^(?=.)/gm, '  ');
