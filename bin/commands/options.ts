import { type Command, InvalidArgumentError, Option } from 'commander';
import { setMaxListeners } from 'node:events';
import type { RequestLimits } from '../../lambda/scanner/requests/request-handler.ts';
import { type Instant, parseInstant } from '../../lambda/scanner/model/instant.ts';
import { type Severity, severities } from '../../lambda/scanner/model/severity.ts';

/** Where the data comes from: AWS, or saved files. */
export interface SourceOptions extends Pick<RequestLimits, 'onAnswer' | 'until'> {
  readonly snapshot?: string;
  readonly profile?: string;
  readonly region?: string;
  readonly now?: Instant;
  readonly takenAt?: Instant;
  readonly inventory?: boolean;
}

/** Adds the options that say where the data comes from. */
export const withSource = (command: Command): Command =>
  withAws(command)
    .option('--snapshot <path>', 'read saved files instead of calling AWS: a snapshot, AWS CLI output, or a folder of these')
    .option(
      '--taken-at <date>',
      'when the AWS CLI output in --snapshot was collected, ISO 8601 (default: the newest date that it contains)',
      readInstant,
    )
    .option('--now <date>', 'evaluate as of this time, ISO 8601 (default: now, or the time of the snapshot)', readInstant);

/** Adds the options that choose credentials and Region. */
export const withAws = (command: Command): Command =>
  command
    .option('--profile <name>', 'the AWS profile to use')
    .option(
      '--region <region>',
      'the AWS Region for Security Hub and the other regional services; it also selects the partition (IAM itself is global)',
    )
    .addOption(
      new Option('--timeout <duration>', 'ask AWS for at most so long, such as 90s, 15m or 2h; what is then missing is UNKNOWN')
        .argParser(readDuration)
        .default(DEFAULT_TIMEOUT, '12h'),
    )
    .hook('preAction', (own) => {
      const until = AbortSignal.timeout(own.getOptionValue('timeout') as number);
      // Every request in flight listens to it.
      setMaxListeners(0, until);
      own.setOptionValue('until', until);
    });

const DEFAULT_TIMEOUT = 12 * 3_600_000;
const units = { s: 1_000, m: 60_000, h: 3_600_000 } as const;
/** A longer timer of Node ends at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

function readDuration(value: string): number {
  const [, amount, unit] = /^([1-9]\d{0,5})([smh])$/.exec(value) ?? [];
  if (amount === undefined || unit === undefined) throw new InvalidArgumentError('It must be a duration such as 90s, 15m or 2h.');
  // The pattern has exactly the units of the table.
  const duration = Number(amount) * units[unit as keyof typeof units];
  if (duration > LONGEST_TIMER) throw new InvalidArgumentError(`It must be at most ${Math.floor(LONGEST_TIMER / units.h)}h.`);
  return duration;
}

/** Adds the option for an inventory of compute that runs with admin roles or can get one. It takes many more calls. */
export const withInventory = (command: Command): Command =>
  command.option(
    '--inventory',
    'also inventory compute that runs with admin roles or can get one, in every Region: Lambda functions, EC2 instances, launch templates, Auto Scaling groups, ECS clusters, services and tasks, CodeBuild projects, CloudFormation stacks and stack sets, SageMaker notebooks, Glue jobs, EventBridge schedules',
  );

/** An option whose value is a severity, in upper or lower case. */
export const severityOption = (flags: string, description: string): Option =>
  new Option(flags, `${description} (${severities.map((severity) => severity.toLowerCase()).join(', ')})`).argParser(
    parseSeverity,
  );

/** An option whose value is one of these formats. */
export const formatOption = (formats: readonly string[]): Option =>
  new Option('--format <format>', 'the output format').choices(formats).default('text');

function parseSeverity(value: string): Severity {
  const severity = severities.find((name) => name === value.toUpperCase());
  if (severity === undefined) throw new InvalidArgumentError(`It must be one of ${severities.join(', ').toLowerCase()}.`);
  return severity;
}

/** Reads a date or a time of an option. */
export function readInstant(value: string): Instant {
  const instant = parseInstant(value);
  if (instant === undefined) throw new InvalidArgumentError('It must be a date such as 2026-11-20T03:00:00Z.');
  return instant;
}

/** A list of words separated by commas. */
export const parseList = (value: string): readonly string[] =>
  value
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
