import { App, DefaultStackSynthesizer, type IStackSynthesizer, type Stack } from 'aws-cdk-lib';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** How stacks are deployed that a stack set has too: to accounts that are not bootstrapped for the CDK. */
export const stackSetSynthesizer = (): IStackSynthesizer =>
  new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) as IStackSynthesizer;

/** The template of a stack for a service-managed stack set: JSON without transforms, which such stack sets do not support. */
export function stackSetTemplate(stackIn: (app: App) => Stack): string {
  // A separate app with its own output folder, so that it does not write into that of the surrounding app. The CDK's validation would
  // take a second of every deployment; test/lib/nag.test.ts validates the template.
  const outdir = mkdtempSync(path.join(os.tmpdir(), 'iam-vigil-stack-set-'));
  try {
    const app = new App({ analyticsReporting: false, outdir, builtinCloudFormationValidation: false });
    const stack = stackIn(app);
    return JSON.stringify(app.synth().getStackArtifact(stack.artifactId).template);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
