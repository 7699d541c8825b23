import { CfnParameter, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import { EventBus, type EventPattern, Rule } from 'aws-cdk-lib/aws-events';
import { EventBus as ToEventBus } from 'aws-cdk-lib/aws-events-targets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { type MemberRoleProps, boundaryIn } from './member-role.ts';
import { organizationChanges } from './organization-changes.ts';
import { iamChanges } from './rescan-on-change.ts';
import { stackSetSynthesizer, stackSetTemplate } from './stack-set-template.ts';

/** What its role is like. */
export type ChangeForwarderProps = Pick<MemberRoleProps, 'rolePath' | 'boundary' | 'tags'>;

/** The template parameter with the ARN of the event bus. */
export const SCAN_BUS = 'ScanBus';

/**
 * Sends changes of an account to the event bus of the account that scans, for an organization with `rescanOnChange`. A stack set deploys it to
 * the accounts of the organizational units; in the management account it is deployed directly.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
 */
export class IamVigilOrganizationChangeForwarderStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { rolePath, boundary, tags = {}, env }: ChangeForwarderProps & Pick<StackProps, 'env'> = {},
  ) {
    super(scope, id, {
      description: 'iam-vigil: sends changes of this account to the account that scans the organization',
      ...(env ? { env } : {}),
      synthesizer: stackSetSynthesizer(),
    });
    const busArn = new CfnParameter(this, SCAN_BUS, {
      description: 'ARN of the event bus: the output ChangeBus of the stack in the scanning account',
      allowedPattern: '^arn:[a-z-]+:events:[a-z0-9-]+:[0-9]{12}:event-bus/[A-Za-z0-9._/-]+$',
    }).valueAsString;
    const role = new Role(this, 'Role', {
      description: 'iam-vigil: sends events to the event bus of the account that scans',
      assumedBy: new ServicePrincipal('events.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
      ...(rolePath === undefined ? {} : { path: rolePath }),
      ...(boundary === undefined ? {} : { permissionsBoundary: boundaryIn(this, boundary) }),
    });
    const target = new ToEventBus(EventBus.fromEventBusArn(this, 'Bus', busArn), { role });
    const forward = (name: string, description: string, eventPattern: EventPattern) => {
      const rule = new Rule(this, name, { description: `iam-vigil: ${description}`, eventPattern, targets: [target] });
      acknowledge(rule, {
        id: 'Serverless-EventBusDLQ',
        reason: 'EventBridge tries again for a day, and the nightly scan sees what an event would have told.',
      });
    };
    forward('OnChange', 'sends changes of IAM', iamChanges);
    forward('OnOrganizationChange', 'sends changes of the organization and of IAM Identity Center', organizationChanges);
    for (const [key, value] of Object.entries(tags)) Tags.of(this).add(key, value);
    Tags.of(this).add('application', 'iam-vigil');
  }
}

/** Its template for a service-managed stack set. */
export const changeForwarderTemplate = (props: ChangeForwarderProps): string =>
  stackSetTemplate((app) => new IamVigilOrganizationChangeForwarderStack(app, 'IamVigilChangeForwarder', props));
