import { Aws, CfnParameter, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { EventBus as ToEventBus } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { iamChanges } from './rescan-on-change.ts';

/**
 * Forwards changes of IAM to the Region of the scan, for a scan with `rescanOnChange` that is not in the Region where EventBridge gets them:
 * us-east-1, cn-north-1 or us-gov-west-1. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-region.html
 */
export class IamVigilChangeForwarderStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, { description: 'iam-vigil: forwards changes of IAM to the Region of the scan', ...props });
    const region = new CfnParameter(this, 'ScanRegion', {
      description: 'Region of the stack that scans',
      allowedPattern: '^[a-z]{2}(-[a-z]+)+-[0-9]$',
    }).valueAsString;
    const bus = `arn:${Aws.PARTITION}:events:${region}:${Aws.ACCOUNT_ID}:event-bus/default`;
    const rule = new Rule(this, 'OnChange', {
      description: 'iam-vigil: forwards changes of IAM to the Region of the scan',
      eventPattern: iamChanges,
      targets: [new ToEventBus(EventBus.fromEventBusArn(this, 'ScanBus', bus))],
    });
    acknowledge(rule, {
      id: 'Serverless-EventBusDLQ',
      reason: 'EventBridge tries again for a day, and the nightly scan sees what an event would have told.',
    });
    Tags.of(this).add('application', 'iam-vigil');
  }
}
