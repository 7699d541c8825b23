import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { checkChangeCommand } from '../bin/commands/check-change.ts';
import { scanCommand } from '../bin/commands/scan.ts';
import type { Environment } from '../bin/environment.ts';
import packageJson from '../package.json' with { type: 'json' };

const read = (file: string) => readFileSync(path.join(__dirname, '..', file), 'utf8');

const action = z
  .object({
    inputs: z.record(z.string(), z.object({ description: z.string(), default: z.string().optional() })),
    runs: z.object({
      steps: z.array(z.object({ shell: z.literal('bash'), env: z.record(z.string(), z.string()), run: z.string() })),
    }),
  })
  .parse(parse(read('integrations/github/action.yml')));

const gitlab = z
  .looseObject({ variables: z.object({ IAM_VIGIL_VERSION: z.string() }) })
  .catchall(z.object({ image: z.string(), script: z.array(z.string()) }).or(z.record(z.string(), z.string())))
  .parse(parse(read('integrations/gitlab/iam-vigil.gitlab-ci.yml')));

test('the integrations run this version', () => {
  expect(action.inputs['version']?.default).toBe(packageJson.version);
  expect(gitlab.variables.IAM_VIGIL_VERSION).toBe(packageJson.version);
});

/** What a command line does not know of its options, or says of them. */
function refused([command, ...args]: readonly string[]): unknown {
  // Options are parsed, and nothing runs.
  const environment = {} as Environment;
  const made = { scan: scanCommand, 'check-change': checkChangeCommand }[command ?? ''];
  return made?.(environment)
    .exitOverride()
    .parseOptions([...args]);
}

const inGitlab = [...read('integrations/gitlab/iam-vigil.gitlab-ci.yml').matchAll(/IAM_VIGIL_VERSION" (.+)$/gm)].map(
  ([, line = '']) => line.split(' '),
);

const steps = z.array(z.looseObject({ uses: z.string().optional(), with: z.unknown().optional() }));
const inputs = z
  .object({ command: z.string().default('scan'), arguments: z.string(), 'output-file': z.string().optional() })
  .strict();
const workflows = [...read('docs/pipelines.md').matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, text = '']): unknown =>
  parse(text),
);
const inWorkflows = workflows.flatMap((workflow) => {
  const { jobs = {} } = z.looseObject({ jobs: z.record(z.string(), z.looseObject({ steps })).optional() }).parse(workflow);
  const ours = Object.values(jobs).flatMap((job) => job.steps.filter(({ uses }) => uses?.includes('/integrations/github@')));
  return ours.map((step) => inputs.parse(step.with));
});

test.each([...inGitlab, ...inWorkflows.map(({ command, arguments: lines }) => [command, ...lines.trim().split('\n')])])(
  'the command line knows %s and its options: %s %s',
  (...line) => {
    expect(refused(line)).toEqual({ operands: [], unknown: [] });
  },
);

test('an option that does not exist is noticed', () => {
  expect(refused(['scan', '--fail-at=high'])).toEqual({ operands: [], unknown: ['--fail-at=high'] });
});

test('there are examples, and the action has the inputs that they may set', () => {
  expect([inGitlab.length, inWorkflows.length]).toEqual([2, 2]);
  expect(Object.keys(action.inputs)).toEqual([...Object.keys(inputs.shape), 'version']);
  expect(action.inputs['command']?.default).toBe('scan');
});

describe('the step of the action', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'iam-vigil-action-'));
    writeFileSync(path.join(folder, 'npx'), `#!/bin/sh\nfor argument; do echo "<$argument>"; done\nexit 3\n`);
    chmodSync(path.join(folder, 'npx'), 0o755);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test('passes each line as one argument, runs nothing of it, keeps the output and the exit code', () => {
    const [step] = action.runs.steps;
    const printed = path.join(folder, 'printed.md');
    // As GitHub runs a step: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
    const { status, stdout } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step?.run ?? ''], {
      encoding: 'utf8',
      env: {
        PATH: `${folder}:${process.env['PATH'] ?? ''}`,
        ...{ COMMAND: 'scan', VERSION: '1.2.3', OUTPUT_FILE: printed },
        ARGUMENTS: '--snapshot=my files\n$(touch /tmp/x) *\n\n',
      },
    });
    const expected = ['--yes', 'iam-vigil@1.2.3', 'scan', '--snapshot=my files', '$(touch /tmp/x) *'];
    expect(stdout.trim().split('\n')).toEqual(expected.map((argument) => `<${argument}>`));
    expect(readFileSync(printed, 'utf8')).toBe(stdout);
    expect(status).toBe(3);
  });

  test('gets no input but by its environment', () => {
    expect(action.runs.steps.map(({ run }) => run).join('')).not.toContain('${{');
    expect(Object.values(action.runs.steps[0]?.env ?? {})).toHaveLength(Object.keys(action.inputs).length);
  });
});
