import { Command } from 'commander';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { readJson } from '../../lambda/scanner/collect/read-file.ts';
import { UsageError } from '../../lambda/scanner/errors.ts';
import { cli, shellQuote } from '../../lambda/scanner/model/command.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { configText } from '../config-text.ts';
import { deployerPolicy } from '../deployer/policy.ts';
import { CODE_BUCKET, CONTEXT_KEY, SETTINGS_FILE, parseDeployment } from '../deployment.ts';
import type { Environment } from '../environment.ts';
import type { Synthesized } from '../synthesize.ts';
import { makePrivateFolder, writePrivate } from './write-file.ts';

interface TemplateOptions {
  readonly output: string;
  readonly settings?: string;
}

/** `template`: writes the templates of a deployment, for accounts that are not bootstrapped for the CDK. */
export const templateCommand = ({ terminal }: Environment): Command =>
  new Command('template')
    .requiredOption('--output <folder>', 'the folder to write the templates and the code of the functions to')
    .option('--settings <file>', `the file with the settings of the deployment (default: ${SETTINGS_FILE}, if it exists)`)
    .action(async ({ output, settings }: TemplateOptions) => {
      const settled = parseDeployment(await readSettings(settings));
      const { synthesize } = await withCdk();
      const synthesized = synthesize(settled, configText(settled));
      await makePrivateFolder(output);
      for (const { stack, template } of synthesized.templates) {
        await writePrivate(path.join(output, templateName(stack)), [asJson(template)]);
        await writePrivate(path.join(output, policyName(stack)), [asJson(deployerPolicy(stack, template))]);
      }
      for (const [key, code] of synthesized.code) await writePrivate(path.join(output, path.basename(key)), code);
      terminal.print(nextSteps(synthesized, output));
    });

const asJson = (value: object) => `${JSON.stringify(value, undefined, 1)}\n`;

const policyName = (stack: string) => `${stack}.deployer-policy.json`;

const templateName = (stack: string) => `${stack}.template.json`;

async function readSettings(file = SETTINGS_FILE, isNamed = file !== SETTINGS_FILE): Promise<unknown> {
  if (!isNamed && !existsSync(file)) return undefined;
  const content = await readJson(file);
  return isObject(content) ? content[CONTEXT_KEY] : content;
}

const isObject = (value: Json): value is Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The CDK is a package of its own, six times as large as iam-vigil: who only scans does not install it. */
async function withCdk() {
  try {
    return await import('../synthesize.ts');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error;
    throw new UsageError(
      'template needs the CDK. Run npx --package iam-vigil --package aws-cdk-lib --package constructs iam-vigil template',
      { cause: error },
    );
  }
}

/** The commands that deploy what was written. They are printed and never run. */
function nextSteps({ templates, code }: Synthesized, output: string): string {
  const written = templates.flatMap(({ stack }) => [templateName(stack), policyName(stack)]);
  const files = [...written, ...[...code.keys()].map((key) => path.basename(key))];
  const uploads = [...code.keys()].map((key) =>
    cli(`s3 cp ${shellQuote(path.join(output, path.basename(key)))} s3://BUCKET/${key}`),
  );
  return [
    `Wrote ${files.join(', ')} to ${output}.`,
    '',
    'A deployer policy has the permissions that the commands below need.',
    'Next, where BUCKET is a bucket of yours in the Region of the stack (docs/deployment.md):',
    ...[...uploads, ...templates.map((template) => deployment(template, output))].map((command) => `  ${command}`),
    '',
  ].join('\n');
}

/** The command that deploys a stack. Values that only the account knows are in capitals. */
function deployment({ stack, parameters }: Synthesized['templates'][number], output: string): string {
  const file = path.join(output, templateName(stack));
  const deploy = cli('cloudformation deploy', {
    'stack-name': stack,
    'template-file': file,
    's3-bucket': 'BUCKET',
    's3-prefix': 'iam-vigil',
    capabilities: 'CAPABILITY_NAMED_IAM',
  });
  const values = parameters.map(
    (name) => `${name}=${name === CODE_BUCKET ? 'BUCKET' : name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()}`,
  );
  return [deploy, ...(values.length === 0 ? [] : ['--parameter-overrides', ...values])].join(' ');
}
