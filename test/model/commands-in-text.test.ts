import { commandsIn, firstWholeStep } from '../../lambda/scanner/model/commands-in-text.ts';
import { cli } from '../../lambda/scanner/model/command.ts';

test.each([
  ['at the end of a text', 'Delete it: aws iam delete-user --user-name ann', ['aws iam delete-user --user-name ann']],
  ['at the end of a sentence', 'aws iam delete-user --user-name ann. Then go.', ['aws iam delete-user --user-name ann']],
  ['before a comma', 'aws iam delete-user --user-name ann, then go', ['aws iam delete-user --user-name ann']],
  [
    'in brackets',
    'Make one (aws iam create-access-key --user-name ann) and use it.',
    ['aws iam create-access-key --user-name ann'],
  ],
  ['without options', 'Run aws iam generate-credential-report. Wait.', ['aws iam generate-credential-report']],
  [
    'with an option without a value',
    'aws iam create-policy-version --policy-document file://x.json --set-as-default. Then',
    ['aws iam create-policy-version --policy-document file://x.json --set-as-default'],
  ],
  [
    'that writes a file',
    'Save it (aws iam get-role --role-name x --output json > trust.json), edit it',
    ['aws iam get-role --role-name x --output json > trust.json'],
  ],
  ['two of them', 'First aws iam a --b c, then aws iam d --e f', ['aws iam a --b c', 'aws iam d --e f']],
  ['none', 'Sign in to the AWS console of aws, and look at it', []],
])('a command %s', (_name, text, commands) => {
  expect(commandsIn(text).map(({ command }) => command)).toEqual(commands);
  for (const { command, start } of commandsIn(text)) expect(text.slice(start, start + command.length)).toBe(command);
});

test.each(["a'b", 'a b', 'ann.', 'a,b', '-x', '$(rm)', '"', '`id`', 'a;b'])('the name %j comes back as it was', (name) => {
  const command = cli('iam delete-user', { 'user-name': name });
  expect(commandsIn(`Delete it: ${command}. Then scan again.`)[0]?.command).toBe(command);
});

describe('the first step that can be taken as it is', () => {
  test.each([
    ['with its sentence', 'Look first. Then stop it: aws iam a --b c. Go on.', { lead: 'Stop it:', command: 'aws iam a --b c' }],
    [
      'that a sentence introduces',
      'Do (aws iam a --b c) or: aws iam d --e f',
      { lead: 'Do (aws iam a --b c) or:', command: 'aws iam d --e f' },
    ],
    [
      'with a point in a name',
      'Ask a.b. Stop it (2026.1): aws iam a --b c',
      { lead: 'Stop it (2026.1):', command: 'aws iam a --b c' },
    ],
    ['alone', 'Run aws iam a --b c now', { lead: '', command: 'aws iam a --b c' }],
    [
      'and none with something to fill in',
      'aws iam a --key KEY_ID, then aws iam b --doc file://x.json, then aws iam c --name NAME',
      undefined,
    ],
    [
      'and an id is nothing to fill in',
      'Stop: aws iam a --key AKIAABCDEFGHIJKLMNOP',
      { lead: 'Stop:', command: 'aws iam a --key AKIAABCDEFGHIJKLMNOP' },
    ],
  ])('%s', (_name, text, step) => {
    expect(firstWholeStep(text)).toEqual(step);
  });
});
