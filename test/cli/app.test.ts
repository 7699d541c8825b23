import path from 'node:path';
import { readFileSync, readdirSync } from 'node:fs';
import cdkJson from '../../cdk.json' with { type: 'json' };
import { withFolder } from '../collect/folders.ts';
import { run } from './run.ts';

jest.setTimeout(120_000);

interface TemplateFile {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties: Readonly<Record<string, unknown>> }>>;
}

/** The templates that the built app synthesizes with these settings, by the name of the stack. */
async function synthesized(settings: object, names: readonly string[]): Promise<readonly TemplateFile[]> {
  return withFolder({ out: null }, async (folder) => {
    const context = { ...cdkJson.context, 'iam-vigil': settings, 'aws:cdk:bundling-stacks': [] };
    const outdir = path.join(folder, 'out');
    const app = path.join(__dirname, '../../dist/app.js');
    const outcome = await run(process.execPath, [app], {
      env: { CDK_CONTEXT_JSON: JSON.stringify(context), CDK_OUTDIR: outdir },
    });
    expect(outcome).toMatchObject({ code: 0 });
    return names.map((name) => JSON.parse(readFileSync(path.join(outdir, `${name}.template.json`), 'utf8')) as TemplateFile);
  });
}

test('the settings for roles reach the role in the management account, too', async () => {
  const settings = {
    ...{ boundary: 'MustHave', rolePath: '/security/', tags: { team: 'security' } },
    organization: { id: 'o-exampleorgid', units: ['r-ab12'] },
  };
  const templates = await synthesized(settings, ['IamVigil', 'IamVigilManagementRole']);
  const roles = templates.map(({ Resources }) => Object.values(Resources).filter(({ Type }) => Type === 'AWS::IAM::Role'));
  expect(roles.map(({ length }) => length)).toEqual([7, 1]);
  for (const { Properties } of roles.flat())
    expect(Properties).toMatchObject({
      PermissionsBoundary: { 'Fn::Join': ['', expect.arrayContaining([':policy/MustHave']) as unknown] },
      Path: '/security/',
      Tags: expect.arrayContaining([{ Key: 'team', Value: 'security' }]) as unknown,
    });
});

test('a wrong setting ends before anything is synthesized, and a misplaced one is warned about', async () => {
  await withFolder({ out: null }, async (folder) => {
    const outdir = path.join(folder, 'out');
    const context = { 'iam-vigil': { at: '25:00' }, at: '02:30' };
    const { code, stderr } = await run(process.execPath, [path.join(__dirname, '../../dist/app.js')], {
      env: { CDK_CONTEXT_JSON: JSON.stringify(context), CDK_OUTDIR: outdir },
    });
    expect([code, stderr.split('\n')]).toEqual([
      2,
      [
        expect.stringContaining('warning: the context key at is ignored'),
        'nothing was synthesized: the setting at must be a time of day from 00:00 to 23:59, such as 03:00, not "25:00"',
        '',
      ],
    ]);
    expect(readdirSync(outdir)).toEqual([]);
  });
});
