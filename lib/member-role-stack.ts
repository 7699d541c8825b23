import { Stack, type StackProps, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { type MemberRoleProps, memberRoleIn } from './member-role.ts';
import { stackSetSynthesizer, stackSetTemplate } from './stack-set-template.ts';

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
      synthesizer: stackSetSynthesizer(),
    });
    memberRoleIn(this, props);
    Tags.of(this).add('application', 'iam-vigil');
  }
}

/** The template of the role for a service-managed stack set. */
export const memberRoleTemplate = (props: MemberRoleProps): string =>
  stackSetTemplate((app) => new IamVigilMemberRoleStack(app, 'IamVigilMemberRole', props));
