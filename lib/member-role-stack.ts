import { App, DefaultStackSynthesizer, type IStackSynthesizer, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type MemberRoleProps, memberRoleIn } from './member-role.ts';

/**
 * The role in a stack of its own. The one of the management account, which no stack set of the Organization reaches, is deployed by hand.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-manage-auto-deployment.html
 */
export class IamVigilMemberRoleStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { description, ...props }: MemberRoleProps & Pick<StackProps, 'env' | 'description'>,
  ) {
    super(scope, id, {
      description: description ?? 'iam-vigil: the role by which the nightly scan of the Organization gets in',
      ...(props.env ? { env: props.env } : {}),
      // A stack set makes the stack where no CDK is.
      synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) as IStackSynthesizer,
    });
    memberRoleIn(this, props);
    Tags.of(this).add('application', 'iam-vigil');
  }
}

/** The template of the role for a stack set of the Organization: JSON without transforms, which these do not take. */
export function memberRoleTemplate(props: MemberRoleProps): string {
  // An app of its own, away from where the app around writes.
  const outdir = mkdtempSync(path.join(os.tmpdir(), 'iam-vigil-member-role-'));
  try {
    const app = new App({ analyticsReporting: false, outdir });
    const stack = new IamVigilMemberRoleStack(app, 'IamVigilMemberRole', props);
    return JSON.stringify(app.synth().getStackArtifact(stack.artifactId).template);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
