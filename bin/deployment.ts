import type { z } from 'zod';
import { UsageError } from '../lambda/scanner/errors.ts';
import { type Deployment, organizationSettings, settings } from './settings.ts';

/** The names of all settings. */
export const settingNames: readonly string[] = [
  ...Object.keys(settings.shape).filter((name) => name !== 'organization'),
  ...Object.keys(organizationSettings.shape).map((name) => `organization.${name}`),
];

/** The parameter of a template that was made without the CDK's bootstrap: the bucket that the code of the functions is in. */
export const CODE_BUCKET = 'CodeBucket';

/** The file in which the CDK, and `iam-vigil template`, find the settings. */
export const SETTINGS_FILE = 'cdk.context.json';

/** What the settings are called where they are read from. */
export const CONTEXT_KEY = 'iam-vigil';

/**
 * Reads the settings of a deployment: an object, or its JSON if it comes from the command line (`-c iam-vigil='{…}'`).
 *
 * @throws UsageError that names every setting that does not exist or is not valid, one in a line, with what is right.
 */
export function parseDeployment(context: unknown): Deployment {
  const given = typeof context === 'string' ? parseJson(context) : (context ?? {});
  const parsed = settings.safeParse(given);
  const wrong = parsed.success ? combinedWrongly(parsed.data) : parsed.error.issues.flatMap((issue) => problemsOf(issue, given));
  if (parsed.success && wrong.length === 0) return parsed.data;
  throw new UsageError([...new Set(wrong)].map((problem) => `the setting ${problem}`).join('\n'));
}

/** What is wrong with settings that are valid by themselves. */
function combinedWrongly(deployment: Deployment): readonly string[] {
  const { organization, namePrefix: prefix, deliver, insight, memoryMegabytes, timeoutMinutes } = deployment;
  const always = [...wrongAlarms(deployment), ...wrongNetwork(deployment)];
  if (organization === undefined) return always;
  return [
    ...always,
    ...(deliver === undefined ? [] : ['deliver is for a single account: with organization, use organization.deliver']),
    ...(insight === undefined ? [] : ['insight is for a single account: remove it, or organization']),
    ...(memoryMegabytes === undefined ? [] : ['memoryMegabytes is for a single account: remove it, or organization']),
    ...(timeoutMinutes === undefined ? [] : ['timeoutMinutes is for a single account: remove it, or organization']),
    ...(prefix === undefined || /^[A-Za-z][A-Za-z\d-]*$/.test(prefix)
      ? []
      : [`namePrefix must be letters, digits and hyphens with organization, because it names a stack set, not "${prefix}"`]),
  ];
}

const wrongAlarms = ({ alarmEmail, alarmTopicArn }: Deployment): readonly string[] =>
  alarmEmail === undefined || alarmTopicArn === undefined
    ? []
    : ['alarmEmail cannot be combined with alarmTopicArn: subscribe the address to the topic'];

function wrongNetwork({ vpcId, subnetIds, securityGroupIds }: Deployment): readonly string[] {
  const given = Object.entries({ vpcId, subnetIds, securityGroupIds });
  const missing = given.filter(([, value]) => value === undefined).map(([name]) => name);
  return missing.length === 0 || missing.length === given.length
    ? []
    : [`${missing.join(' and ')} must be set too, because vpcId, subnetIds and securityGroupIds belong together`];
}

/** A problem in words: the setting, what is right, and what was given. */
function problemsOf(issue: z.core.$ZodIssue, given: unknown): readonly string[] {
  const name = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknown([...issue.path, key].join('.')));
  const value = issue.path.reduce<unknown>((at, key) => (at as Readonly<Record<PropertyKey, unknown>>)[key], given);
  const right = issue.code === 'invalid_type' && name === '' ? 'must be an object' : issue.message;
  return [`${name === '' ? CONTEXT_KEY : name} ${right}, not ${value === undefined ? 'missing' : JSON.stringify(value)}`];
}

const unknown = (name: string) => {
  const alike = settingNames.find((known) => isAlike(known, name));
  return `${name} does not exist${alike === undefined ? `; docs/deployment.md lists all settings` : `; did you mean ${alike}?`}`;
};

/** Whether two names differ in case, separators or one or two letters. */
function isAlike(known: string, name: string): boolean {
  const plain = (word: string) => word.toLowerCase().replaceAll(/[^a-z.]/g, '');
  const [a, b] = [plain(known), plain(name)];
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  return Math.max(a.length, b.length) - start - end <= 2;
}

/** Warnings about keys of the CDK's context that look like settings and are none, such as `-c at=02:30`. */
export function misplaced(context: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(context)
    .filter((key) => key !== CONTEXT_KEY && (settingNames.includes(key) || /^iam[-_.]?vigil/i.test(key)))
    .map(
      (key) => `the context key ${key} is ignored: settings are under ${CONTEXT_KEY}, such as -c ${CONTEXT_KEY}='{"at":"02:30"}'`,
    );
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new UsageError(`-c ${CONTEXT_KEY}='…' is not valid JSON: ${String(error)}`, { cause: error });
  }
}
