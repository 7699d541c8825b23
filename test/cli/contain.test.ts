import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { containCommand } from '../../bin/commands/contain.ts';
import type { Containment } from '../../lambda/scanner/model/containment.ts';
import { withFolder } from '../collect/folders.ts';
import { wordsOf } from '../support/apply-commands.ts';
import { NOW } from '../support/builders.ts';
import { acme } from './run.ts';

/** What `contain` prints about the sample, in this process. */
async function contain(...args: readonly string[]): Promise<string> {
  const printed: string[] = [];
  const terminal = {
    print: (text: string) => printed.push(text),
    warn: () => undefined,
    showsColor: false,
    showsProgress: false,
    now: () => NOW,
  };
  const command = containCommand({ terminal, version: '0.0.0', ownCommand: 'iam-vigil', exit: () => undefined });
  await command.exitOverride().parseAsync(['--snapshot', acme, ...args], { from: 'user' });
  return printed.join('');
}

const KEY = 'AKIAIHUX7ZPJAEXAMPLE';

test('of an access key, the commands come in the order in which to run them, with the account of each', async () => {
  const text = await contain(KEY, '--since', '2026-11-08');
  const lines = text.split('\n');
  expect(lines[0]).toBe(`iam-vigil contain  access key ${KEY} of arn:aws:iam::777788889999:user/ci/ci-deployer`);
  expect(lines.filter((line) => line.startsWith('# In account'))).toEqual([
    '# In account 777788889999 (Acme Development), with credentials of that account:',
    '# In account 444455556666 (Acme Production), with credentials of that account:',
  ]);
  const commands = lines.filter((line) => line.startsWith('aws '));
  expect(commands[0]).toMatch(/^aws iam update-access-key --user-name ci-deployer .* --status Inactive$/);
  expect(commands.filter((command) => wordsOf(command).includes('AWSRevokeOlderSessions')).length).toBeGreaterThan(20);
  expect(text).toContain('runs none of these commands');
});

test('what the data cannot tell is to be looked at, and what no command ends is told', async () => {
  const text = await contain(KEY, '--since', '2026-11-08');
  expect(text).toContain(`AttributeKey=AccessKeyId,AttributeValue=${KEY} --start-time 2026-11-08T00:00:00Z`);
  expect(text).toMatch(/No command ends:\n- Passwords, tokens and keys/);
});

test('a key that no listed user has may be of one whose keys could not be listed', async () => {
  const identities = await readFile(path.join(acme, 'production/account-authorization-details.json'), 'utf8');
  await withFolder({ 'account-authorization-details.json': identities }, async (folder) => {
    const asked = contain('AKIAIOSFODNN7EXAMPLE', '--snapshot', folder);
    await expect(asked).rejects.toThrow(/, as far as is known: the access keys of account 444455556666 could not be listed\./);
  });
});

test('in JSON it is the same plan', async () => {
  const plan = JSON.parse(await contain('mia.tanaka', '--format', 'json')) as Containment;
  expect(plan).toMatchObject({
    schemaVersion: 1,
    principal: 'arn:aws:iam::777788889999:user/staff/mia.tanaka',
    account: '777788889999',
    sessionsBefore: '2026-11-20T03:15:00Z',
  });
  expect(plan.reach.find(({ arn }) => arn.endsWith('deploy-production'))).toMatchObject({
    account: '444455556666',
    certain: true,
    via: { rule: 'assume-role', from: plan.principal },
  });
});

test.each([
  ['a key that no user has', ['AKIAIOSFODNN7EXAMPLE'], /no user of the scanned accounts has the access key AKIAIOSFODNN7EXAMPLE/],
  ['the key of a session', ['ASIAIOSFODNN7EXAMPLE'], /is the key of a session: name the user or role/],
  ['the root user', ['arn:aws:iam::777788889999:root'], /is the root user, which no policy of the account limits/],
  ['a name that means several', ['deploy'], /is not unique/],
  ['a group', ['arn:aws:iam::777788889999:group/developers'], /no user, role/],
])('%s is refused, with what to do', async (_name, args, says) => {
  await expect(contain(...args)).rejects.toThrow(says);
});
