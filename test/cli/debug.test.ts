import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { maskSecrets } from '../../bin/commands/mask-secrets.ts';
import { withFolder } from '../collect/folders.ts';
import { environmentFor } from '../support/aws/environment.ts';
import { startLoopbackAws } from '../support/aws/loopback-aws.ts';
import { KEYS, smallAccount } from '../support/aws/small-account.ts';
import { iamVigil, sample } from './run.ts';

jest.setTimeout(60_000);

test('scan --debug keeps every answer, for its owner alone, without the IDs of access keys', async () => {
  await withFolder({}, async (folder) => {
    const debug = path.join(folder, 'answers');
    const aws = await startLoopbackAws(smallAccount, { deny: ['iam:GetAccountPasswordPolicy'] });
    try {
      const { code, stderr } = await iamVigil(['scan', '--debug', debug], { env: environmentFor(aws.endpoint) });
      expect([code, stderr]).toEqual([3, '']);
    } finally {
      await aws.stop();
    }
    const files = (await readdir(debug)).toSorted();
    expect(files).toHaveLength(aws.calls.length);
    expect(files).toContainEqual(expect.stringMatching(/^\d{4}-sts-us-east-1-GetCallerIdentity-200\.txt$/));
    expect(files).toContainEqual(expect.stringMatching(/^\d{4}-iam-us-east-1-GetAccountPasswordPolicy-403\.txt$/));
    expect((await stat(debug)).mode & 0o777).toBe(0o700);
    const texts = await Promise.all(
      files.map(async (name) => {
        expect((await stat(path.join(debug, name))).mode & 0o777).toBe(0o600);
        return readFile(path.join(debug, name), 'utf8');
      }),
    );
    const all = texts.join('');
    expect(all).toContain('<ListAccessKeysResponse');
    expect(all).toContain('<AccessKeyId>AKIA****SED1</AccessKeyId>');
    for (const key of KEYS) expect(all).not.toContain(key);
  });
});

test.each<[name: string, args: readonly string[], says: RegExp]>([
  ['saved files', sample, /^no scan was performed: --debug cannot be combined with --snapshot/],
  ['a folder that is not empty', [], /^no scan was performed: .* is not empty\. --debug needs a new folder/],
])('scan --debug refuses %s', async (_name, args, says) => {
  await withFolder({ 'kept.txt': 'x' }, async (folder) => {
    const { code, stderr } = await iamVigil(['scan', ...args, '--debug', folder], { env: environmentFor('http://127.0.0.1:9') });
    expect(stderr).toMatch(says);
    expect(code).toBe(2);
  });
});

test.each<[name: string, answer: string, masked: string]>([
  [
    'credentials of a role in XML',
    '<AccessKeyId>ASIAIOSFODNN7EXAMPLE</AccessKeyId><SecretAccessKey>a/b+c=</SecretAccessKey><SessionToken>x\ny</SessionToken>',
    '<AccessKeyId>ASIA****MPLE</AccessKeyId><SecretAccessKey>(masked)</SecretAccessKey><SessionToken>(masked)</SessionToken>',
  ],
  [
    'a parameter of a stack',
    '<ParameterKey>Token</ParameterKey><ParameterValue>s3cret</ParameterValue>',
    '<ParameterKey>Token</ParameterKey><ParameterValue>(masked)</ParameterValue>',
  ],
  [
    'environment variables of a function',
    '{"Functions":[{"Role":"r","Environment":{"Variables":{"TOKEN":"s3cret"}}}]}',
    '{"Functions":[{"Role":"r","Environment":{"Variables":{"TOKEN":"(masked)"}}}]}',
  ],
  [
    'environment variables of a container, by list',
    '{"containerDefinitions":[{"name":"web","environment":[{"name":"TOKEN","value":"s3cret"}]}]}',
    '{"containerDefinitions":[{"name":"web","environment":[{"name":"(masked)","value":"(masked)"}]}]}',
  ],
  ['an ID of a user, which is no key', '<UserId>AIDACKCEVSQ6C2EXAMPLE</UserId>', '<UserId>AIDACKCEVSQ6C2EXAMPLE</UserId>'],
  ['a key in a policy', '%22AKIAIOSFODNN7EXAMPLE%22', '%22AKIA****MPLE%22'],
])('%s', (_name, answer, masked) => {
  expect(maskSecrets(answer).replaceAll(/\n\s*|(?<=":) /g, '')).toBe(masked.replaceAll(/\n\s*/g, ''));
});
