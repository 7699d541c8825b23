import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Instant, parseInstant } from '../../lambda/scanner/model/instant.ts';
import { type Severity, severities } from '../../lambda/scanner/model/severity.ts';

/** Where the facts come from: AWS, or saved files. */
export interface SourceOptions {
  readonly snapshot?: string;
  readonly profile?: string;
  readonly region?: string;
  readonly now?: Instant;
  readonly inventory?: boolean;
}

/** Adds the options that say where the facts come from. */
export const withSource = (command: Command): Command =>
  withAws(command)
    .option('--snapshot <path>', 'read saved files (a snapshot, an AWS CLI dump, or a folder of them) instead of calling AWS')
    .option('--now <date>', 'judge as of this time, ISO 8601 (default: the run, or the time of the snapshot)', readInstant);

/** Adds the options that choose credentials and Region. */
export const withAws = (command: Command): Command =>
  command
    .option('--profile <name>', 'the profile of the AWS configuration to use')
    .option('--region <region>', 'the Region to call; IAM is global, so it matters for other partitions only');

/** Adds the option that asks for what carries admin roles, which takes many calls more. */
export const withInventory = (command: Command): Command =>
  command.option(
    '--inventory',
    'also look for what carries admin roles, in every Region: Lambda functions, EC2 instances, ECS tasks, CodeBuild projects, CloudFormation stacks, SageMaker notebooks, Glue jobs',
  );

/** An option that takes a severity, in any case. */
export const severityOption = (flags: string, description: string): Option =>
  new Option(flags, `${description} (${severities.map((severity) => severity.toLowerCase()).join(', ')})`).argParser(
    parseSeverity,
  );

/** An option that takes one of these words. */
export const formatOption = (formats: readonly string[]): Option =>
  new Option('--format <format>', 'how to print the result').choices(formats).default('text');

function parseSeverity(value: string): Severity {
  const severity = severities.find((name) => name === value.toUpperCase());
  if (severity === undefined) throw new InvalidArgumentError(`It is one of ${severities.join(', ').toLowerCase()}.`);
  return severity;
}

function readInstant(value: string): Instant {
  const instant = parseInstant(value);
  if (instant === undefined) throw new InvalidArgumentError('It is a date such as 2026-11-20T03:00:00Z.');
  return instant;
}

/** A list of words separated by commas. */
export const parseList = (value: string): readonly string[] =>
  value
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
