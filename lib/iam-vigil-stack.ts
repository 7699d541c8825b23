import { CfnOutput, Duration, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { IamVigil } from './iam-vigil.ts';
import { commonOutputs, findingsOutput } from './outputs.ts';
import type { IamVigilProps } from './props.ts';
import { type ContextProps, propsFromContext } from './context-props.ts';

/** {@link IamVigilProps} in a form that can be written in a JSON file. */
export interface IamVigilStackProps
  extends
    Omit<StackProps, 'permissionsBoundary'>,
    ContextProps,
    Pick<
      IamVigilProps,
      | 'config'
      | 'dashboard'
      | 'deliver'
      | 'digestEmail'
      | 'findingsRegion'
      | 'insight'
      | 'rolePath'
      | 'namePrefix'
      | 'readers'
      | 'rescanOnChange'
    > {
  /** The memory of the function. */
  readonly memoryMegabytes?: number;
  /** The timeout of the function. */
  readonly timeoutMinutes?: number;
}

/** A stack with the construct, a tag, and outputs for the commands in the documentation. */
export class IamVigilStack extends Stack {
  /** The construct, with its resources and methods. */
  readonly vigil: IamVigil;

  constructor(scope: Construct, id: string, props: IamVigilStackProps = {}) {
    super(scope, id, { description: 'iam-vigil: nightly IAM posture scan', ...props });
    const { memoryMegabytes, timeoutMinutes } = props;
    this.vigil = new IamVigil(this, 'IamVigil', {
      ...props,
      ...propsFromContext(this, props),
      ...(memoryMegabytes === undefined ? {} : { memorySize: memoryMegabytes }),
      ...(timeoutMinutes === undefined ? {} : { timeout: Duration.minutes(timeoutMinutes) }),
    });
    Tags.of(this).add('application', 'iam-vigil');
    new CfnOutput(this, 'ScanFunction', {
      value: this.vigil.scan.functionName,
      description: 'Function that scans the account when invoked',
    });
    new CfnOutput(this, 'StoreBucket', {
      value: this.vigil.store.bucketName,
      description: 'Bucket for the snapshots and the reports',
    });
    const { scan, deadLetters, schedule, dashboard } = this.vigil;
    commonOutputs(this, { logGroup: scan.logGroup, deadLetters, schedule, dashboard }, props);
    if (props.deliver !== 'none') findingsOutput(this, props.findingsRegion ?? this.region);
  }
}
