import path from 'node:path';
import { withFolder } from '../collect/folders.ts';
import { acme, iamVigil } from './run.ts';

const clean = path.join(acme, '../clean');
const admin = `
Resources:
  Deploy:
    Type: AWS::IAM::Role
    Properties:
      RoleName: deploy
      AssumeRolePolicyDocument:
        Version: 2012-10-17
        Statement: [{ Effect: Allow, Principal: { AWS: !Sub 'arn:aws:iam::\${AWS::AccountId}:root' }, Action: 'sts:AssumeRole' }]
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess']
`;
const unknown = admin.replace("'arn:aws:iam::aws:policy/AdministratorAccess'", '!Ref Policy');
const harmless = 'Resources: { Readers: { Type: AWS::IAM::Group, Properties: { GroupName: readers } } }';
const plan = JSON.stringify({ format_version: '1.2', configuration: { root_module: {} } });

const check = (cwd: string, ...args: readonly string[]) => iamVigil(['check-change', '--before', clean, ...args], { cwd });

describe('check-change', () => {
  test.each([
    ['a template that makes a role admin', ['--template', 'admin.yaml'], 1, 'The change gives administrator access.'],
    ['a template that makes no one admin', ['--template', 'harmless.yaml'], 0, 'The change gives no administrator access.'],
    ['a template with what is not known', ['--template', 'unknown.yaml'], 3, 'It is not known whether the change gives'],
    [
      'the same with a parameter',
      ['--template', 'unknown.yaml', '--parameter', 'Policy=arn:aws:iam::aws:policy/AdministratorAccess'],
      1,
      'allowed by statement 1 of policy arn:aws:iam::aws:policy/AdministratorAccess',
    ],
    ['a plan without changes', ['--plan', 'plan.json'], 0, '0 worse, 0 better, 0 other; 0 not compared'],
    ['a snapshot without changes', ['--after', clean], 0, '0 worse, 0 better, 0 other; 0 not compared'],
    ['other changes at the threshold', ['--template', 'unknown.yaml', '--fail-on', 'informational'], 1, 'IAM role deploy is new'],
  ])('answers by its exit code: %s', async (_name, args, exitCode, says) => {
    await withFolder(
      { 'admin.yaml': admin, 'harmless.yaml': harmless, 'unknown.yaml': unknown, 'plan.json': plan },
      async (folder) => {
        const { code, stdout } = await check(folder, ...args);
        expect(stdout).toContain(says);
        expect(code).toBe(exitCode);
      },
    );
  });

  test('prints the path with its statements, as Markdown and as JSON', async () => {
    await withFolder({ 'admin.yaml': admin }, async (folder) => {
      const markdown = await check(folder, '--template', 'admin.yaml', '--format', 'markdown');
      expect(markdown.stdout).toContain('\n## HIGH: IAM role deploy is new and has administrator access\n');
      expect(markdown.stdout).toContain('\n   - allowed by statement 1 of policy arn:aws:iam::aws:policy/AdministratorAccess');
      const { stdout } = await check(folder, '--template', 'admin.yaml', '--format', 'json');
      expect(JSON.parse(stdout)).toMatchObject({
        ...{ schemaVersion: 1, result: 'gives-admin', accounts: ['888899990000'], notCompared: [] },
        gains: [
          {
            change: { kind: 'access-gained', resource: { arn: 'arn:aws:iam::888899990000:role/deploy' } },
            paths: [
              {
                account: '888899990000',
                path: [{ statements: [{ policy: 'arn:aws:iam::aws:policy/AdministratorAccess', index: 0 }] }],
              },
            ],
          },
        ],
      });
    });
  });

  test('changes one account of an organization, and tells what it reaches in others', async () => {
    await withFolder({ 'admin.yaml': admin }, async (folder) => {
      const { code, stdout } = await iamVigil(
        ['check-change', '--before', acme, '--account', '111122223333', '--template', 'admin.yaml'],
        { cwd: folder },
      );
      expect(code).toBe(1);
      expect(stdout).toContain('4 accounts');
      expect(stdout).toContain('111122223333  IAM role deploy is new and has administrator access');
    });
  });

  test.each([
    ['no change', [], 'name the change by one of --after, --template, --plan and --what-if'],
    ['two changes', ['--after', clean, '--plan', 'x'], 'name the change by one of --after, --template, --plan and --what-if'],
    ['a file that does not exist', ['--template', 'nowhere.yaml'], 'nowhere.yaml'],
    [
      'an account that was not scanned',
      ['--template', 'x', '--account', '1'],
      '--account 1 is not in --before, which has 888899990000',
    ],
    ['a parameter without a value', ['--template', 'x', '--parameter', 'A'], '--parameter A: it must be NAME=VALUE'],
  ])('refuses %s', async (_name, args, says) => {
    const { code, stdout, stderr } = await iamVigil(['check-change', '--before', clean, ...args]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^no scan was performed: /);
    expect(stderr).toContain(says);
  });
});
