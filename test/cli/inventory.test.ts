import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseSnapshot } from '../../lambda/scanner/facts/snapshot.ts';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import { environmentFor } from '../support/aws/environment.ts';
import { type ReceivedCall, startLoopbackAws } from '../support/aws/loopback-aws.ts';
import type { Quirks } from '../support/aws/quirks.ts';
import { rawFacts } from '../../lambda/scanner/facts/index.ts';
import { type ServedAccount, serving, thing } from '../collect/inventory-account.ts';
import { type Outcome, iamVigil } from './run.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'iam-vigil-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Runs the command line; where an account is given, its AWS is the loopback. */
async function run(args: readonly string[], account?: ServedAccount, quirks: Quirks = {}): Promise<Outcome & { calls: number }> {
  const aws = account && (await startLoopbackAws(serving(account), quirks));
  const result = await iamVigil(args, { cwd: folder, env: environmentFor(aws?.endpoint ?? 'http://127.0.0.1:9') });
  await aws?.stop();
  // Analyzers are asked for in a Region by every scan.
  const isOfInventory = ({ region, service }: ReceivedCall) => region !== undefined && service !== 'access-analyzer';
  return { ...result, calls: aws?.calls.filter(isOfInventory).length ?? 0 };
}

/** The account with a function that has this role. */
const withFunction = (role: string): ServedAccount => ({
  users: { ursula: ['lambda:UpdateFunctionCode', 'lambda:InvokeFunction'] },
  roles: { admin: { trusts: ['lambda.amazonaws.com'] }, plain: { trusts: ['lambda.amazonaws.com'], can: [] } },
  items: [thing('lambda-function', 'pay', role)],
});

const ursula = ({ stdout }: Outcome) => {
  const { principals } = JSON.parse(stdout) as { principals: readonly { arn: string; verdict: string }[] };
  return principals.find(({ arn }) => arn.endsWith('/ursula'))?.verdict;
};

const admins = ['admins', '--all', '--format', 'json'];

describe('admins', () => {
  test.each([
    ['admin', 'can-become-admin'],
    ['plain', 'none'],
  ])('of an account with a function that has the role %s', async (role, verdict) => {
    const without = await run(admins, withFunction(role));
    expect([ursula(without), without.calls]).toEqual(['conditional', 0]);
    const found = await run([...admins, '--inventory'], withFunction(role));
    expect([ursula(found), found.calls]).toEqual([verdict, 3]);
  });

  test('of saved files need no option: they hold an inventory, or none', async () => {
    const file = path.join(folder, 'snapshot.json');
    expect(await run(['collect', '--inventory', '--output', file], withFunction('admin'))).toMatchObject({ stderr: '', code: 0 });
    expect(ursula(await run([...admins, '--snapshot', file]))).toBe('can-become-admin');
    const both = await run([...admins, '--inventory', '--snapshot', file]);
    expect(both).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--inventory cannot be combined with --snapshot') as string,
    });
  });
});

describe('collect', () => {
  const saved = async () =>
    parseSnapshot(JSON.parse(await readFile(path.join(folder, 'out.json'), 'utf8')) as SnapshotFile).facts;

  test('is complete without an inventory, if none was requested', async () => {
    const result = await run(['collect', '--output', 'out.json'], withFunction('admin'));
    expect(result).toMatchObject({ code: 0, stderr: '', calls: 0 });
    expect((await saved()).compute).toEqual({ status: 'unavailable', reason: 'it was not asked for' });
  });

  test('prints what could not be collected, and where', async () => {
    const deny = ['lambda:ListFunctions'];
    const result = await run(['collect', '--inventory', '--output', 'out.json'], withFunction('admin'), { deny });
    const line = 'compute, lambda-function: access to lambda:ListFunctions was denied in eu-west-1, us-east-1\n';
    expect(result).toMatchObject({ code: 3, stderr: line });
    expect((await saved()).compute.status).toBe('collected');
  });

  test('says that no Region could be seen', async () => {
    const deny = ['ec2:DescribeRegions'];
    const result = await run(['collect', '--inventory', '--output', 'out.json'], withFunction('admin'), { deny });
    expect(result).toMatchObject({ code: 3, stderr: 'compute: access to ec2:DescribeRegions was denied\n' });
  });
});

describe('scan', () => {
  const scan = ['scan', '--format', 'json', '--checks', 'root-without-mfa'];
  const ofUrsula = ({ stdout }: Outcome) => {
    const report = JSON.parse(stdout) as { complete: boolean; admins: readonly { arn: string; verdict: string }[] };
    return [report.complete, report.admins.find(({ arn }) => arn.endsWith('/ursula'))?.verdict];
  };

  test('collects what the inventory leans on, though no check asks for it', async () => {
    const found = await run([...scan, '--inventory'], withFunction('admin'));
    expect([ofUrsula(found), found.calls]).toEqual([[true, 'can-become-admin'], 3]);
  });

  test('is complete without it', async () => {
    const found = await run(['scan', '--format', 'json', '--checks', 'shadow-admin'], withFunction('admin'));
    expect([ofUrsula(found), found.calls]).toEqual([[true, 'conditional'], 0]);
  });
});

test('permissions has the actions of an inventory only when it is asked to', async () => {
  const actionsOf = ({ stdout }: Outcome) =>
    (JSON.parse(stdout) as { Statement: [{ Action: readonly string[] }] }).Statement[0].Action;
  const plain = actionsOf(await run(['permissions']));
  const more = actionsOf(await run(['permissions', '--inventory']));
  expect(plain.filter((action) => rawFacts.compute.actions.includes(action))).toEqual([]);
  expect(more).toEqual([...new Set([...plain, ...rawFacts.compute.actions])].toSorted());
});

describe('a folder of saved files', () => {
  const identities = (account: ServedAccount) => {
    const { identities: fact } = serving(account).facts;
    return JSON.stringify(fact.status === 'collected' ? fact.value : undefined);
  };
  const inventory = { regions: ['eu-west-1'], kinds: ['lambda-function'], items: [thing('lambda-function', 'pay', 'admin')] };

  test.each<[name: string, compute: unknown, verdict: string]>([
    ['holds an inventory', inventory, 'can-become-admin'],
    ['holds an empty one', { ...inventory, items: [] }, 'none'],
    ['holds one that does not say which kinds were looked for', { ...inventory, kinds: undefined, items: [] }, 'conditional'],
    ['holds one of a kind that there is not', { ...inventory, kinds: ['lambda'], items: [] }, 'conditional'],
    ['holds none', undefined, 'conditional'],
  ])('%s', async (_name, compute, verdict) => {
    await writeFile(path.join(folder, 'account-authorization-details.json'), identities(withFunction('admin')));
    if (compute !== undefined) await writeFile(path.join(folder, 'compute.json'), JSON.stringify(compute));
    expect(ursula(await run([...admins, '--snapshot', folder]))).toBe(verdict);
  });
});
