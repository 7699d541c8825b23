import { CfnOutput, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { IamVigil } from './iam-vigil.ts';
import type { IamVigilProps } from './props.ts';
import { type WrittenProps, fromWritten } from './written-props.ts';

/** {@link IamVigilProps} as they can be written in a file. */
export interface IamVigilStackProps
  extends
    Omit<StackProps, 'permissionsBoundary'>,
    WrittenProps,
    Pick<IamVigilProps, 'config' | 'deliver' | 'findingsRegion' | 'insight' | 'rolePath' | 'namePrefix'> {}

/** The construct in a stack of its own, tagged, with what its commands need as outputs. */
export class IamVigilStack extends Stack {
  readonly vigil: IamVigil;

  constructor(scope: Construct, id: string, props: IamVigilStackProps = {}) {
    super(scope, id, { description: 'iam-vigil: who is admin in this account, every night', ...props });
    this.vigil = new IamVigil(this, 'IamVigil', { ...props, ...fromWritten(this, props) });
    Tags.of(this).add('application', 'iam-vigil');
    new CfnOutput(this, 'ScanFunction', { value: this.vigil.scan.functionName, description: 'Scans when it is invoked' });
    new CfnOutput(this, 'StoreBucket', { value: this.vigil.store.bucketName, description: 'Has the snapshots and the reports' });
  }
}
