import { CfnOutput, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { IamVigilOrganization } from './iam-vigil-organization.ts';
import type { IamVigilOrganizationProps } from './organization-props.ts';
import { type WrittenProps, fromWritten } from './written-props.ts';

/** {@link IamVigilOrganizationProps} as they can be written in a file. */
export interface IamVigilOrganizationStackProps
  extends
    Omit<StackProps, 'permissionsBoundary'>,
    WrittenProps,
    Pick<
      IamVigilOrganizationProps,
      | 'organizationId'
      | 'organizationalUnits'
      | 'deployedIn'
      | 'deliver'
      | 'concurrency'
      | 'toleratedFailurePercentage'
      | 'externalId'
      | 'config'
      | 'findingsRegion'
      | 'rolePath'
      | 'namePrefix'
    > {}

/** The construct in a stack of its own, tagged, with what its commands need as outputs. */
export class IamVigilOrganizationStack extends Stack {
  readonly vigil: IamVigilOrganization;

  constructor(scope: Construct, id: string, props: IamVigilOrganizationStackProps) {
    super(scope, id, { description: 'iam-vigil: who is admin in the Organization, every night', ...props });
    this.vigil = new IamVigilOrganization(this, 'IamVigil', { ...props, ...fromWritten(this, props) });
    Tags.of(this).add('application', 'iam-vigil');
    const output = (id: string, value: string, description: string) => new CfnOutput(this, id, { value, description });
    output('StateMachine', this.vigil.stateMachine.stateMachineArn, 'Scans the Organization when it is started');
    output('StoreBucket', this.vigil.store.bucketName, 'Has the snapshots and the reports');
    output('ExternalId', this.vigil.externalId, 'What the role in the accounts asks for');
  }
}
