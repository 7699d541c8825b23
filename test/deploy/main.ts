import { IAMClient } from '@aws-sdk/client-iam';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { environmentFor } from '../support/aws/environment.ts';
import { furnish } from '../moto/furnish.ts';
import { startMoto } from '../moto/moto-server.ts';
import { pythonOfToday } from '../moto/python.mjs';
import { startMinistack } from './ministack.ts';
import { theOrganization, theSingleAccount, theTemplate } from './story.ts';

/**
 * `npm run test:deploy`: the templates, deployed by CloudFormation in emulators that others wrote: ministack, which also runs the
 * deployed function, and moto, which has the Security Hub that ministack lacks. All of it listens on 127.0.0.1 alone.
 */

const region = 'eu-west-1';
const settings = {
  single: {},
  organization: { organization: { id: 'o-exampleorgid', units: ['r-ab12'] }, rescanOnChange: true },
};

/** Synthesizes an app without any credentials; the folder holds its templates and assets. */
function synthesize(folder: string, name: keyof typeof settings): string {
  const out = path.join(folder, name);
  const context = ['--context', `iam-vigil=${JSON.stringify(settings[name])}`];
  const cdk = ['node_modules/aws-cdk/bin/cdk', 'synth', '--quiet', '--output', out, ...context];
  const { status, error, stderr } = spawnSync(process.execPath, cdk, {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    env: { ...environmentFor('http://127.0.0.1:9'), HOME: folder, AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' },
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`cdk synth of ${name} ended with ${status}:\n${stderr}`);
  return out;
}

/** Writes what `iam-vigil template` makes without any settings: its folder, and the commands that it prints. */
function writeTemplate(folder: string) {
  const out = path.join(folder, 'template');
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.resolve('dist/cli.js'), 'template', '--output', out], {
    cwd: folder,
    encoding: 'utf8',
    env: {},
  });
  if (status !== 0) throw new Error(`iam-vigil template ended with ${status}:\n${stderr}`);
  return { folder: out, commands: stdout.split('\n').flatMap((line) => /^ {2}aws (.*)$/.exec(line)?.[1] ?? []) };
}

const startedAt = Date.now();
const say = (text: string) => process.stdout.write(`${text} (${Math.round((Date.now() - startedAt) / 1000)} s)\n`);

const python = pythonOfToday();
const folder = mkdtempSync(path.join(tmpdir(), 'iam-vigil-deploy-'));
Object.assign(process.env, { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' });
const moto = await startMoto(python);
try {
  const ministack = await startMinistack(python, folder, moto.endpoint);
  try {
    Object.assign(process.env, environmentFor(ministack.endpoint), { AWS_REGION: region });
    say('ministack and moto answer');
    const stage = { region, moto: moto.endpoint, python, say };
    await furnish(new IAMClient({ region }));
    await theSingleAccount(synthesize(folder, 'single'), stage);
    await theOrganization(synthesize(folder, 'organization'), stage);
    await theTemplate(writeTemplate(folder), { ...stage, ministack: ministack.endpoint });
  } finally {
    await ministack.stop();
  }
} finally {
  await moto.stop();
  rmSync(folder, { recursive: true });
}
