import { CfnOutput, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { IamVigilOrganization } from './iam-vigil-organization.ts';
import { commonOutputs, findingsOutput } from './outputs.ts';
import type { IamVigilOrganizationProps } from './organization-props.ts';
import { type ContextProps, propsFromContext } from './context-props.ts';

/** {@link IamVigilOrganizationProps} in a form that can be written in a JSON file. */
export interface IamVigilOrganizationStackProps
  extends
    Omit<StackProps, 'permissionsBoundary'>,
    ContextProps,
    Pick<
      IamVigilOrganizationProps,
      | 'organizationId'
      | 'organizationalUnits'
      | 'deployedIn'
      | 'deliver'
      | 'digestEmail'
      | 'concurrency'
      | 'toleratedFailurePercentage'
      | 'externalId'
      | 'config'
      | 'dashboard'
      | 'findingsRegion'
      | 'rolePath'
      | 'namePrefix'
      | 'readers'
      | 'rescanOnChange'
    > {}

/** A stack with the construct, a tag, and outputs for the commands in the documentation. */
export class IamVigilOrganizationStack extends Stack {
  /** The construct, with its resources and methods. */
  readonly vigil: IamVigilOrganization;

  constructor(scope: Construct, id: string, props: IamVigilOrganizationStackProps) {
    super(scope, id, { description: 'iam-vigil: nightly IAM posture scan of the organization', ...props });
    this.vigil = new IamVigilOrganization(this, 'IamVigil', { ...props, ...propsFromContext(this, props) });
    for (const [key, value] of Object.entries(props.tags ?? {})) Tags.of(this).add(key, value);
    Tags.of(this).add('application', 'iam-vigil');
    const output = (id: string, value: string, description: string) => new CfnOutput(this, id, { value, description });
    output('StateMachine', this.vigil.stateMachine.stateMachineArn, 'State machine that scans the organization when started');
    output('StoreBucket', this.vigil.store.bucketName, 'Bucket for the snapshots and the reports');
    const { functions, deadLetters, schedule, dashboard } = this.vigil;
    commonOutputs(this, { logGroup: functions.summarize.logGroup, deadLetters, schedule, dashboard }, props);
    if (props.deliver === 'central') findingsOutput(this, props.findingsRegion ?? this.region);
    if (this.vigil.rescan) output('ChangeBus', this.vigil.rescan.bus.eventBusArn, 'Event bus for the changes of all accounts');
    output('ExternalId', this.vigil.externalId, 'External ID in the trust policy of the member roles');
  }
}
