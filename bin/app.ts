import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { existsSync, readFileSync } from 'node:fs';
import { UsageError } from '../lambda/scanner/errors.ts';
import { IamVigilStack, type IamVigilStackProps } from '../lib/iam-vigil-stack.ts';
import { parseDeployment } from './deployment.ts';

const CONTEXT_KEY = 'iam-vigil';
const CONFIG_FILE = 'iam-vigil.yaml';

/** The CDK app: one stack, for whatever account and Region it is deployed to. */
function main(): void {
  const app = new App();
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  const { stackName, config, ...settings } = parseDeployment(app.node.tryGetContext(CONTEXT_KEY));
  new IamVigilStack(app, stackName, { ...settings, ...readConfig(config) });
}

/** A file that is named must be there; the usual one need not. */
function readConfig(file: string | undefined): Pick<IamVigilStackProps, 'config'> {
  if (file === undefined && !existsSync(CONFIG_FILE)) return {};
  try {
    return { config: readFileSync(file ?? CONFIG_FILE, 'utf8') };
  } catch (error) {
    throw new UsageError(`the configuration cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

try {
  main();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`nothing was synthesised: ${error.message}\n`);
  process.exitCode = 2;
}
