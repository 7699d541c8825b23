import path from 'node:path';
import { withFolder } from '../collect/folders.ts';
import { acme, iamVigil } from './run.ts';

const policy = (...statements: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const deny = (Action: string, more: object = {}) => policy({ Effect: 'Deny', Action, Resource: '*', ...more });

const files = {
  'scp.json': deny('iam:*'),
  'mixed.json': policy(
    { Effect: 'Deny', Action: '*', Resource: '*' },
    { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' },
  ),
  'none.json': '{}',
};

interface Check {
  readonly result: string;
  readonly limited: readonly {
    readonly account: string;
    readonly arn: string;
    readonly services: readonly string[];
    readonly actions: readonly string[];
    readonly conditionalActions: readonly string[];
  }[];
  readonly changes: readonly { readonly account: string; readonly kind: string; readonly resource: { readonly name: string } }[];
}

const PRODUCTION = '444455556666';

async function whatIf(file: keyof typeof files, target: string): Promise<Check> {
  let check: Check | undefined;
  await withFolder(files, async (folder) => {
    const { code, stdout } = await iamVigil(
      ['check-change', '--before', acme, '--what-if', file, '--attach-to', target, '--format', 'json'],
      { cwd: folder },
    );
    expect(code).toBe(0);
    check = JSON.parse(stdout) as Check;
  });
  if (check === undefined) throw new Error('the command printed nothing');
  return check;
}

const lossOf = (check: Check, name: string) => check.limited.find(({ arn }) => arn.endsWith(`/${name}`));

describe('check-change --what-if', () => {
  test('tells whom an SCP stops, the services that use a role, and no one in other accounts', async () => {
    const check = await whatIf('scp.json', 'ou-ac3e-production');
    expect([...new Set(check.limited.map(({ account }) => account))]).toEqual([PRODUCTION]);
    expect(lossOf(check, 'nightly-maintenance')).toMatchObject({ services: ['lambda.amazonaws.com'], conditionalActions: [] });
    expect(lossOf(check, 'nightly-maintenance')?.actions).toContain('iam:*');
    expect(check.changes).toContainEqual(expect.objectContaining({ account: PRODUCTION, kind: 'access-lost' }));
  });

  test.each([
    ['without a target', ['--before', acme, '--what-if', 'scp.json'], '--what-if needs --attach-to'],
    [
      'without an organization',
      ['--before', path.join(acme, '../clean'), '--what-if', 'scp.json', '--attach-to', 'r-1'],
      'needs the folder of an organization',
    ],
    [
      'with a target that does not exist',
      ['--before', acme, '--what-if', 'scp.json', '--attach-to', 'ou-no'],
      '--attach-to ou-no is neither',
    ],
    [
      'with statements of both kinds',
      ['--before', acme, '--what-if', 'mixed.json', '--attach-to', PRODUCTION],
      'mixed.json is no policy for an organization',
    ],
    [
      'without statements',
      ['--before', acme, '--what-if', 'none.json', '--attach-to', PRODUCTION],
      'none.json is no policy for an organization',
    ],
  ])('is refused %s', async (_name, args, says) => {
    await withFolder(files, async (folder) => {
      const { code, stderr } = await iamVigil(['check-change', ...args], { cwd: folder });
      expect(code).toBe(2);
      expect(stderr).toContain(says);
    });
  });
});
