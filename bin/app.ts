import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { UsageError } from '../lambda/scanner/errors.ts';
import { configText } from './config-text.ts';
import { CONTEXT_KEY, misplaced, parseDeployment } from './deployment.ts';
import { addStacks } from './stacks.ts';

/** The CDK app: the stack for one account or for an organization, in the account and Region that it is deployed to. */
function main(): void {
  // Synthesized only here, so that a wrong setting leaves nothing.
  const app = new App({ autoSynth: false });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  for (const warning of misplaced(app.node.getAllContext() as Readonly<Record<string, unknown>>))
    process.stderr.write(`warning: ${warning}\n`);
  const deployment = parseDeployment(app.node.tryGetContext(CONTEXT_KEY));
  addStacks(app, deployment, configText(deployment));
  app.synth();
}

try {
  main();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`nothing was synthesized: ${error.message}\n`);
  process.exitCode = 2;
}
