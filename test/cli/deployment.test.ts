import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseDeployment, settingNames } from '../../bin/deployment.ts';

const key = 'arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/1';

describe('the settings of a deployment', () => {
  test.each<[name: string, context: unknown, settings: object]>([
    ['none', undefined, { stackName: 'IamVigil' }],
    ['some', { at: '02:30', insight: true }, { stackName: 'IamVigil', at: '02:30', insight: true }],
    ['from the command line', '{"stackName":"Other"}', { stackName: 'Other' }],
    ['of another partition', { encryptionKeyArn: key }, { stackName: 'IamVigil', encryptionKeyArn: key }],
  ])('%s', (_name, context, settings) => {
    expect(parseDeployment(context)).toStrictEqual(settings);
  });

  test.each<[name: string, context: unknown, message: string]>([
    ['a setting that does not exist', { findingRegion: 'eu-west-1' }, 'findingRegion'],
    ['what is no time', { at: 'midnight' }, 'must be a time such as 03:00'],
    ['an unknown receiver', { deliver: 'email' }, 'deliver'],
    ['a window of two days', { flexibleWindowMinutes: 2880 }, 'flexibleWindowMinutes'],
    ['the ARN of something else', { alarmTopicArn: key }, 'must be an ARN of sns'],
    ['a path without an end', { rolePath: '/security' }, 'must be a path such as /security/'],
    ['a number in words', { retentionDays: '90' }, 'retentionDays'],
    ['what is not JSON', '{at: 02:30}', 'is not valid JSON'],
    ['a list', [], 'iam-vigil'],
    ['an Organization without its units', { organization: { id: 'o-exampleorgid' } }, 'units'],
    [
      'an account for an Organization',
      { organization: { id: '111122223333', units: ['r-ab12'] } },
      'must be the ID of an organization',
    ],
    [
      'an account for a unit',
      { organization: { id: 'o-exampleorgid', units: ['111122223333'] } },
      'must be the ID of a root or an organizational unit',
    ],
    [
      'more failures than all',
      { organization: { id: 'o-exampleorgid', units: ['r-ab12'], toleratedFailurePercentage: 101 } },
      'toleratedFailurePercentage',
    ],
  ])('%s is refused', (_name, context, message) => {
    expect(() => parseDeployment(context)).toThrow(message);
  });

  test('each has its row in the documentation', () => {
    const page = readFileSync(path.join(__dirname, '../../docs/deployment.md'), 'utf8');
    const documented = [...page.matchAll(/^\| ((?:`[\w.]+`(?:, )?)+)\s*\|/gm)].flatMap(
      ([, cell = '']) => cell.match(/[\w.]+/g) ?? [],
    );
    expect(documented.toSorted()).toEqual(settingNames.toSorted());
  });
});
