import { cp, readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { withFolder } from '../collect/folders.ts';
import { cli, iamVigil, iamVigilProcess, run } from './run.ts';

jest.setTimeout(180_000);

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

interface Template {
  readonly Parameters: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, Resource>>;
}

const settingsOf = (settings: object) => ({ 'cdk.context.json': JSON.stringify({ 'iam-vigil': settings }) });

/** In this process, without what the CDK does besides: its validation takes longer than all the rest, its measurements wrap `fs`. */
const here = (args: readonly string[], { cwd }: { readonly cwd: string }) =>
  iamVigil(args, { cwd, env: { CDK_VALIDATION: 'false', CDK_NO_PERF_BUILTINS: '1' } });

/** What `template` wrote, and its output. */
async function written(files: Readonly<Record<string, string>>, start = here) {
  return withFolder(files, async (cwd) => {
    const outcome = await start(['template', '--output', 'out'], { cwd });
    const out = path.join(cwd, 'out');
    const names = (await readdir(out).catch(() => [])).toSorted();
    const contents = await Promise.all(names.map(async (name) => [name, await readFile(path.join(out, name))] as const));
    return { ...outcome, names, contents: new Map(contents) };
  });
}

const templateOf = (contents: ReadonlyMap<string, Buffer>, stack: string): Template =>
  JSON.parse(String(contents.get(`${stack}.template.json`))) as Template;

/** The files in an archive, read from its directory. */
function unzipped(archive: Buffer): ReadonlyMap<string, string> {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06'));
  const files = new Map<string, string>();
  let at = archive.readUInt32LE(end + 16);
  while (archive.readUInt32LE(at) === 0x02014b50) {
    const [size, length, offset] = [archive.readUInt32LE(at + 20), archive.readUInt16LE(at + 28), archive.readUInt32LE(at + 42)];
    const start = offset + 30 + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28);
    files.set(String(archive.subarray(at + 46, at + 46 + length)), String(inflateRawSync(archive.subarray(start, start + size))));
    at += 46 + length;
  }
  return files;
}

test('the template for one account needs a bucket with the code, and no bootstrap', async () => {
  const files = {
    ...settingsOf({ at: '02:30', timeZone: 'Europe/Berlin' }),
    'iam-vigil.yaml': 'breakGlass: { arns: [arn:aws:iam::111122223333:user/glass] }\n',
  };
  const { code, stdout, names, contents } = await written(files, iamVigilProcess);
  const [archive = '', ...others] = names.toSorted((a, b) => b.length - a.length);
  expect([code, others]).toEqual([0, ['IamVigil.deployer-policy.json', 'IamVigil.template.json']]);
  expect(archive).toMatch(/^[0-9a-f]{64}\.zip$/);
  expect(stdout).toContain(`aws s3 cp out/${archive} s3://BUCKET/iam-vigil/${archive}`);
  expect(stdout).toContain('--parameter-overrides CodeBucket=BUCKET');

  const { Parameters, Resources } = templateOf(contents, 'IamVigil');
  expect(Object.keys(Parameters)).toEqual(['CodeBucket']);
  const properties = (type: string) => Object.values(Resources).find(({ Type }) => Type === type)?.Properties;
  expect(properties('AWS::Lambda::Function')).toMatchObject({
    Code: { S3Bucket: { 'Fn::Sub': '${CodeBucket}' }, S3Key: `iam-vigil/${archive}` },
  });
  expect(properties('AWS::Scheduler::Schedule')).toMatchObject({ ScheduleExpressionTimezone: 'Europe/Berlin' });

  const packed = unzipped(contents.get(archive) ?? Buffer.alloc(0));
  expect(packed.get('iam-vigil.yaml')).toContain('user/glass');
  expect(packed.get('index.mjs')).toContain('handler');
});

test('an organization has the template of its management account too', async () => {
  const { code, stdout, names, contents } = await written(
    settingsOf({ organization: { id: 'o-exampleorgid', units: ['r-ab12'] } }),
  );
  expect([code, names.filter((name) => name.endsWith('.json'))]).toEqual([
    0,
    [
      ...['IamVigil.deployer-policy.json', 'IamVigil.template.json'],
      ...['IamVigilManagementRole.deployer-policy.json', 'IamVigilManagementRole.template.json'],
    ],
  ]);
  expect(Object.keys(templateOf(contents, 'IamVigil').Parameters)).toEqual(['CodeBucket']);
  expect(stdout).toContain('ExternalId=EXTERNAL_ID ScannerAccount=SCANNER_ACCOUNT');
});

test('the same settings give the same files', async () => {
  const [one, other] = [await written({}), await written({})];
  expect(one.contents).toEqual(other.contents);
});

test.each([
  [
    'a wrong setting',
    settingsOf({ at: '25:00' }),
    'the setting at must be a time of day from 00:00 to 23:59, such as 03:00, not "25:00"',
  ],
  ['what is not JSON', { 'cdk.context.json': '{' }, 'cdk.context.json'],
  ['a configuration that is not valid', { 'iam-vigil.yaml': 'check: {}\n' }, 'Unrecognized key: "check"'],
])('%s ends before anything is written', async (_name, files, problem) => {
  const { code, stderr, names } = await written(files);
  expect([code, names]).toEqual([2, []]);
  expect(stderr).toContain(`no scan was performed: `);
  expect(stderr).toContain(problem);
});

test('without the CDK it says how to run', async () => {
  await withFolder({}, async (folder) => {
    await cp(path.dirname(cli), path.join(folder, 'dist'), { recursive: true });
    await cp(path.join(path.dirname(cli), '../package.json'), path.join(folder, 'package.json'));
    const { code, stderr } = await run(process.execPath, [path.join(folder, 'dist/cli.js'), 'template', '--output', 'out'], {
      cwd: folder,
    });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/template needs the CDK\. Run npx .*--package aws-cdk-lib/)]);
  });
});
