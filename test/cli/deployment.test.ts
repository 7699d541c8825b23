import type { AnySchema } from 'ajv';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { misplaced, parseDeployment, settingNames } from '../../bin/deployment.ts';
import { logDays } from '../../bin/setting-forms.ts';
import { UsageError } from '../../lambda/scanner/errors.ts';

const organization = { id: 'o-exampleorgid', units: ['r-ab12'] };

function problemOf(context: unknown): string {
  try {
    return JSON.stringify(parseDeployment(context));
  } catch (error) {
    return error instanceof UsageError ? error.message : `not a UsageError: ${String(error)}`;
  }
}

const key = 'arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

const network = { vpcId: 'vpc-0123456789abcdef0', subnetIds: ['subnet-01234567'], securityGroupIds: ['sg-01234567'] };

const valid: readonly (readonly [name: string, context: unknown, settings: object])[] = [
  ['none', undefined, { stackName: 'IamVigil' }],
  ['some', { at: '02:30', insight: true }, { stackName: 'IamVigil', at: '02:30', insight: true }],
  ['from the command line', '{"stackName":"Other"}', { stackName: 'Other' }],
  ['of another partition', { encryptionKeyArn: key }, { stackName: 'IamVigil', encryptionKeyArn: key }],
  ['of a network', network, { stackName: 'IamVigil', ...network }],
];

const wrong: readonly (readonly [name: string, context: unknown, problem: string])[] = [
  ['a setting that does not exist', { findingRegion: 'eu-west-1' }, 'findingRegion does not exist; did you mean findingsRegion?'],
  ['a setting in another case', { TimeZone: 'Etc/UTC' }, 'TimeZone does not exist; did you mean timeZone?'],
  ['a setting like no other', { memory: 512 }, 'memory does not exist; docs/deployment.md lists all settings'],
  [
    'a setting of an organization outside of it',
    { concurrency: 4 },
    'concurrency does not exist; docs/deployment.md lists all settings',
  ],
  ['what is no time', { at: 'midnight' }, 'at must be a time of day from 00:00 to 23:59, such as 03:00, not "midnight"'],
  ['an hour that does not exist', { at: '24:00' }, 'at must be a time of day from 00:00 to 23:59, such as 03:00, not "24:00"'],
  ['a minute that does not exist', { at: '3:60' }, 'at must be a time of day from 00:00 to 23:59, such as 03:00, not "3:60"'],
  ['a number as a time', { at: 3 }, 'at must be a time of day from 00:00 to 23:59, such as 03:00, not 3'],
  [
    'a city',
    { timeZone: 'Berlin' },
    'timeZone must be a time zone of the IANA database, such as Europe/Berlin or Etc/UTC, not "Berlin"',
  ],
  [
    'a time zone in lower case',
    { timeZone: 'europe/berlin' },
    'timeZone must be a time zone of the IANA database, such as Europe/Berlin or Etc/UTC, not "europe/berlin"',
  ],
  [
    'an offset',
    { timeZone: '+02:00' },
    'timeZone must be a time zone of the IANA database, such as Europe/Berlin or Etc/UTC, not "+02:00"',
  ],
  [
    'a window of two days',
    { flexibleWindowMinutes: 2880 },
    'flexibleWindowMinutes must be a whole number from 1 to 1440, not 2880',
  ],
  ['an unknown receiver', { deliver: 'email' }, 'deliver must be one of security-hub, none, not "email"'],
  [
    'the name of a Region',
    { findingsRegion: 'Frankfurt' },
    'findingsRegion must be the ID of a Region, such as eu-central-1, not "Frankfurt"',
  ],
  [
    'an Availability Zone',
    { findingsRegion: 'eu-central-1a' },
    'findingsRegion must be the ID of a Region, such as eu-central-1, not "eu-central-1a"',
  ],
  ['an address without a domain', { alarmEmail: 'security' }, 'alarmEmail must be an e-mail address, not "security"'],
  [
    'an address and a topic',
    { alarmEmail: 'a@example.com', alarmTopicArn: 'arn:aws:sns:eu-west-1:111122223333:x' },
    'alarmEmail cannot be combined with alarmTopicArn: subscribe the address to the topic',
  ],
  ['yes as a word', { insight: 'yes' }, 'insight must be true or false, not "yes"'],
  [
    'the ARN of a role as a boundary',
    { boundary: 'arn:aws:iam::111122223333:role/x' },
    'boundary must be the ARN or the name of a managed policy, not "arn:aws:iam::111122223333:role/x"',
  ],
  [
    'a path without an end',
    { rolePath: '/security' },
    'rolePath must be a path that begins and ends with a slash, such as /security/, not "/security"',
  ],
  [
    'a path without a beginning',
    { rolePath: 'security/' },
    'rolePath must be a path that begins and ends with a slash, such as /security/, not "security/"',
  ],
  [
    'a prefix with a slash',
    { namePrefix: 'acme/sec' },
    'namePrefix must be 1 to 52 letters, digits and any of _+=,.@-, not "acme/sec"',
  ],
  [
    'a prefix that makes names too long',
    { namePrefix: 'a'.repeat(53) },
    `namePrefix must be 1 to 52 letters, digits and any of _+=,.@-, not "${'a'.repeat(53)}"`,
  ],
  [
    'the ARN of an alias',
    { encryptionKeyArn: 'arn:aws:kms:eu-west-1:111122223333:alias/x' },
    'encryptionKeyArn must be the ARN of a KMS key, such as arn:aws:kms:eu-central-1:111122223333:key/ID, not "arn:aws:kms:eu-west-1:111122223333:alias/x"',
  ],
  [
    'an ID that no key has',
    { encryptionKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/1' },
    'encryptionKeyArn must be the ARN of a KMS key, such as arn:aws:kms:eu-central-1:111122223333:key/ID, not "arn:aws:kms:eu-west-1:111122223333:key/1"',
  ],
  [
    'the ARN of something else',
    { alarmTopicArn: key },
    `alarmTopicArn must be the ARN of an SNS topic that is not FIFO, such as arn:aws:sns:eu-central-1:111122223333:alarms, not "${key}"`,
  ],
  [
    'a FIFO topic',
    { alarmTopicArn: 'arn:aws:sns:eu-west-1:111122223333:x.fifo' },
    'alarmTopicArn must be the ARN of an SNS topic that is not FIFO, such as arn:aws:sns:eu-central-1:111122223333:alarms, not "arn:aws:sns:eu-west-1:111122223333:x.fifo"',
  ],
  [
    'a reader that is a bucket',
    { readers: ['arn:aws:s3:::x'] },
    'readers.0 must be the ARN of an IAM role or user, with wildcards if needed, not "arn:aws:s3:::x"',
  ],
  ['memory in gigabytes', { memoryMegabytes: 2 }, 'memoryMegabytes must be a whole number from 512 to 10240, not 2'],
  ['a timeout in seconds', { timeoutMinutes: 900 }, 'timeoutMinutes must be a whole number from 5 to 15, not 900'],
  [
    'the name of a VPC',
    { ...network, vpcId: 'main' },
    'vpcId must be the ID of a VPC, such as vpc-0123456789abcdef0, not "main"',
  ],
  [
    'a VPC as a subnet',
    { ...network, subnetIds: ['vpc-01234567'] },
    'subnetIds.0 must be the ID of a subnet, such as subnet-0123456789abcdef0, not "vpc-01234567"',
  ],
  ['a VPC without subnets', { ...network, subnetIds: [] }, 'subnetIds must be a list of at least one subnet, not []'],
  [
    'a security group outside of a list',
    { ...network, securityGroupIds: 'sg-01234567' },
    'securityGroupIds must be a list of at least one security group, not "sg-01234567"',
  ],
  [
    'subnets without their VPC',
    { subnetIds: network.subnetIds },
    'vpcId and securityGroupIds must be set too, because vpcId, subnetIds and securityGroupIds belong together',
  ],
  [
    'memory for an organization',
    { memoryMegabytes: 2048, organization },
    'memoryMegabytes is for a single account: remove it, or organization',
  ],
  [
    'a timeout for an organization',
    { timeoutMinutes: 10, organization },
    'timeoutMinutes is for a single account: remove it, or organization',
  ],
  ['a number in words', { retentionDays: '90' }, 'retentionDays must be a whole number from 1 to 36500, not "90"'],
  ['no days', { retentionDays: 0 }, 'retentionDays must be a whole number from 1 to 36500, not 0'],
  [
    'days that CloudWatch Logs does not support',
    { logRetentionDays: 100 },
    `logRetentionDays must be a number of days that CloudWatch Logs supports: ${logDays.join(', ')}, not 100`,
  ],
  [
    'a stack name with a space',
    { stackName: 'iam vigil' },
    'stackName must begin with a letter, and have at most 128 letters, digits and hyphens, not "iam vigil"',
  ],
  [
    'a tag of AWS',
    { tags: { 'aws:team': 'x' } },
    'tags.aws:team must have keys of 1 to 128 characters that do not begin with aws:, and texts of at most 256 as values, not "x"',
  ],
  ['a list', [], 'iam-vigil must be an object, not []'],
  [
    'an organization without its units',
    { organization: { id: 'o-exampleorgid' } },
    'organization.units must be a list of at least one root or organizational unit, not missing',
  ],
  [
    'an account for an organization',
    { organization: { id: '111122223333', units: ['r-ab12'] } },
    'organization.id must be the ID of an organization, such as o-exampleorgid, not "111122223333"',
  ],
  [
    'an account for a unit',
    { organization: { id: 'o-exampleorgid', units: ['111122223333'] } },
    'organization.units.0 must be the ID of a root or an organizational unit, such as r-ab12 or ou-ab12-11112222, not "111122223333"',
  ],
  [
    'more failures than all',
    { organization: { ...organization, toleratedFailurePercentage: 101 } },
    'organization.toleratedFailurePercentage must be a whole number from 0 to 100, not 101',
  ],
  [
    'a receiver for a single account',
    { deliver: 'none', organization },
    'deliver is for a single account: with organization, use organization.deliver',
  ],
  [
    'an insight for an organization',
    { insight: true, organization },
    'insight is for a single account: remove it, or organization',
  ],
  [
    'a prefix that a stack set cannot have',
    { namePrefix: 'acme_sec', organization },
    'namePrefix must be letters, digits and hyphens with organization, because it names a stack set, not "acme_sec"',
  ],
];

describe('the settings of a deployment', () => {
  test.each(valid)('%s', (_name, context, settings) => {
    expect(parseDeployment(context)).toStrictEqual(settings);
  });

  test.each(wrong)('%s is refused in one line that says what is right', (_name, context, problem) => {
    expect(problemOf(context)).toBe(`the setting ${problem}`);
  });

  test('every wrong setting has its line', () => {
    expect(problemOf({ at: '25:00', insight: 'yes' }).split('\n')).toHaveLength(2);
  });

  test('what is not JSON is refused', () => {
    expect(problemOf('{at: 02:30}')).toContain('is not valid JSON');
  });

  test.each([
    ['-c at=02:30', { at: '02:30' }, ['at']],
    ['the key in another form', { 'iam_vigil.at': '02:30', iamVigil: {} }, ['iam_vigil.at', 'iamVigil']],
    ['what is not ours', { '@aws-cdk/core:checkSecretUsage': true, 'iam-vigil': {} }, []],
  ])('a context key that looks like a setting is warned about: %s', (_name, context, keys) => {
    expect(misplaced(context).map((line) => /the context key (\S+) is ignored/.exec(line)?.[1])).toEqual(keys);
  });

  test('a log is kept for as long as CloudWatch Logs supports', () => {
    const supported = Object.values(RetentionDays).filter((days) => typeof days === 'number' && days !== RetentionDays.INFINITE);
    expect(supported).toEqual(logDays);
  });

  test('each has its row in the documentation', () => {
    const page = readFileSync(path.join(__dirname, '../../docs/deployment.md'), 'utf8');
    const documented = [...page.matchAll(/^\| ((?:`[\w.]+`(?:, )?)+)\s*\|/gm)].flatMap(
      ([, cell = '']) => cell.match(/[\w.]+/g) ?? [],
    );
    expect(documented.toSorted()).toEqual(settingNames.toSorted());
  });
});

describe('the JSON Schema of the settings', () => {
  const schema = JSON.parse(readFileSync(path.join(__dirname, '../../docs/schemas/settings.schema.json'), 'utf8')) as AnySchema;
  const ajv = addFormats.default(new Ajv2020.default());
  const isValid = (settings: unknown) =>
    ajv.validate(schema, { $schema: 'docs/schemas/settings.schema.json', 'iam-vigil': settings });

  test.each(valid.filter(([, context]) => typeof context === 'object'))('accepts settings: %s', (_name, context) => {
    expect(isValid(context)).toBe(true);
  });

  test('refuses what is refused at deployment, but for zones that do not exist and settings that exclude each other', () => {
    expect(wrong.flatMap(([name, context]) => (isValid(context) ? [name] : []))).toEqual([
      'a city',
      'an address and a topic',
      'subnets without their VPC',
      'memory for an organization',
      'a timeout for an organization',
      'a receiver for a single account',
      'an insight for an organization',
      'a prefix that a stack set cannot have',
    ]);
  });

  test('says what each setting means', () => {
    const { properties } = (schema as Schema).properties['iam-vigil'];
    const all = { ...properties, ...properties['organization']?.properties };
    expect(Object.entries(all).filter(([, { description = '' }]) => description === '')).toEqual([]);
  });
});

interface Schema {
  readonly properties: { readonly 'iam-vigil': { readonly properties: Readonly<Record<string, Described>> } };
}

interface Described {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Described>>;
}
