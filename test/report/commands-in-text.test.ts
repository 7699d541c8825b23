import { firstWholeStep, nextStepOf } from '../../lambda/scanner/report/commands-in-text.ts';
import { cli } from '../../lambda/scanner/model/command.ts';
import { aFinding } from './report-builder.ts';

const commandsIn = (remediation: string, finding: Parameters<typeof aFinding>[1] = {}) =>
  nextStepOf(aFinding('ann', { ...finding, remediation })).flatMap(({ kind, text }) => (kind === 'command' ? text : []));

test.each<[name: string, text: string, commands: readonly string[]]>([
  ['no command', 'Sign in as root. Use a FIDO2 key.', []],
  ['one at the end', 'Remove it: aws iam delete-login-profile --user-name ann', ['aws iam delete-login-profile --user-name ann']],
  ['one that ends a sentence', 'Do it: aws iam delete-user --user-name ann. Then scan.', ['aws iam delete-user --user-name ann']],
  ['without options', 'Run aws iam generate-credential-report. Then scan.', ['aws iam generate-credential-report']],
  [
    'two in parentheses',
    'List (aws iam list-users), then (aws iam delete-user --user-name a).',
    ['aws iam list-users', 'aws iam delete-user --user-name a'],
  ],
  [
    'a file that is written',
    'Save it (aws iam get-role --role-name a --output json > trust.json), edit the file.',
    ['aws iam get-role --role-name a --output json > trust.json'],
  ],
  [
    'an option without a value',
    'aws iam create-policy-version --policy-document file://a.json --set-as-default. Then',
    ['aws iam create-policy-version --policy-document file://a.json --set-as-default'],
  ],
  [
    'two that are joined',
    'aws iam list-users && aws iam list-roles --path-prefix /a/',
    ['aws iam list-users', 'aws iam list-roles --path-prefix /a/'],
  ],
  ['ours, between backticks', 'Then `iam-vigil explain ann` tells more.', ['iam-vigil explain ann']],
  ['a word that only follows the name of the AWS CLI', 'use IAM Identity Center or aws login there.', []],
  ['the name of a package', 'npm install @aws aws-sdk client-iam', []],
])('%s', (_name, text, commands) => {
  expect(commandsIn(text)).toEqual(commands);
});

test.each(['ann', 'ann.', 'a,b', 'ann,', "o'neil", 'a b', '$(id)', '`id`', '--profile', 'a;b', 'x)', 'aws iam delete-user'])(
  'a command for the user %j is found whole, wherever it stands in a sentence',
  (name) => {
    const command = cli('iam delete-user', { 'user-name': name });
    for (const text of [`Do it: ${command}`, `${command}. Then scan.`, `First (${command}), then scan.`, `${command}, then scan`])
      expect(commandsIn(text)).toEqual([command]);
  },
);

test.each<[where: string, finding: Parameters<typeof aFinding>[1]]>([
  ['headline', { headline: 'Group x: aws iam delete-user --user-name ann is admin' }],
  ['name', { resource: { type: 'AwsIamGroup', arn: 'arn:aws:iam::1:group/x', name: 'aws iam delete-user' } }],
  ['ARN', { resource: { type: 'AwsIamGroup', arn: 'aws iam delete-user', name: 'x' } }],
  ['evidence', { evidence: { group: ['x: aws\niam delete-user --user-name ann'] } }],
  ['evidence, for our own command', { evidence: { group: '`iam-vigil explain x`' } }],
])('a %s that reads like a command is not offered, and no other command is', (_where, finding) => {
  expect(commandsIn('If aws iam delete-user --user-name ann needs this, add `iam-vigil explain x`.', finding)).toEqual([]);
});

test('the parts are the whole text', () => {
  const text = 'Read it (aws iam list-users), then: aws iam delete-user --user-name a. Done.';
  const parts = nextStepOf(aFinding('ann', { remediation: text }));
  expect(parts.map((part) => part.text).join('')).toBe(text);
});

describe('the first step that can be taken as it is', () => {
  test.each([
    [
      'with its sentence',
      'Look first. Then stop it: aws iam a-b --b c. Go on.',
      { lead: 'Stop it:', command: 'aws iam a-b --b c' },
    ],
    [
      'that a sentence introduces',
      'Do (aws iam a-b --b c) or: aws iam d-e --e f',
      { lead: 'Do (aws iam a-b --b c) or:', command: 'aws iam d-e --e f' },
    ],
    [
      'with a point in a name',
      'Ask a.b. Stop it (2026.1): aws iam a-b --b c',
      { lead: 'Stop it (2026.1):', command: 'aws iam a-b --b c' },
    ],
    ['alone', 'Run aws iam a-b --b c now', { lead: '', command: 'aws iam a-b --b c' }],
    [
      'and none with something to fill in',
      'aws iam a-b --key KEY_ID, then aws iam b-c --doc file://x.json, then aws iam c-d --name NAME',
      undefined,
    ],
    [
      'and an id is nothing to fill in',
      'Stop: aws iam a-b --key AKIAABCDEFGHIJKLMNOP',
      { lead: 'Stop:', command: 'aws iam a-b --key AKIAABCDEFGHIJKLMNOP' },
    ],
  ])('%s', (_name, remediation, step) => {
    expect(firstWholeStep(aFinding('ann', { remediation }))).toEqual(step);
  });

  test('is none if a name in the finding reads like a command', () => {
    const name = 'x: aws iam delete-user --user-name ann';
    const finding = aFinding('ann', {
      evidence: { group: name },
      remediation: `Remove ${name} from the group: aws iam a-b --b c`,
    });
    expect(firstWholeStep(finding)).toBeUndefined();
  });
});
