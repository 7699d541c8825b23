import { App, DefaultStackSynthesizer, type IStackSynthesizer, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type MemberRoleProps, memberRoleIn } from './member-role.ts';

/**
 * A stack with the member role. In the management account, which service-managed stack sets do not reach, it is deployed directly.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-manage-auto-deployment.html
 */
export class IamVigilMemberRoleStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { description, ...props }: MemberRoleProps & Pick<StackProps, 'env' | 'description'>,
  ) {
    super(scope, id, {
      description: description ?? 'iam-vigil: role that the nightly scan of the organization assumes',
      ...(props.env ? { env: props.env } : {}),
      // A stack set deploys to accounts that are not bootstrapped for the CDK.
      synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) as IStackSynthesizer,
    });
    memberRoleIn(this, props);
    Tags.of(this).add('application', 'iam-vigil');
  }
}

/** The template of the role for a service-managed stack set: JSON without transforms, which such stack sets do not support. */
export function memberRoleTemplate(props: MemberRoleProps): string {
  // A separate app with its own output folder, so that it does not write into that of the surrounding app. The CDK's validation would
  // take a second of every deployment; test/lib/nag.test.ts validates the template.
  const outdir = mkdtempSync(path.join(os.tmpdir(), 'iam-vigil-member-role-'));
  try {
    const app = new App({ analyticsReporting: false, outdir, builtinCloudFormationValidation: false });
    const stack = new IamVigilMemberRoleStack(app, 'IamVigilMemberRole', props);
    return JSON.stringify(app.synth().getStackArtifact(stack.artifactId).template);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
