import { type CfnElement, type Resource, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal, type RoleProps } from 'aws-cdk-lib/aws-iam';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { runEnded } from '../lambda/handlers/contract.ts';
import type { Check } from '../lambda/scanner/check.ts';
import {
  MEMORY_FOLDER,
  actionsFor,
  digestActions,
  eventActions,
  memoryActions,
  securityHubActions,
  storeActions,
  storeKeyActions,
} from '../lambda/scanner/permissions.ts';
import { acknowledge } from './acknowledge.ts';
import { allowFunctionSettings } from './function-settings.ts';
import type { IamVigilProps } from './props.ts';

/** What the permissions of the function depend on. */
export interface ScanNeeds {
  /** The checks that run. They determine the facts, and the facts determine the actions. */
  readonly checks: readonly Pick<Check, 'needs' | 'raisedForAdmins'>[];
  readonly store: Bucket;
  /** The Region of Security Hub. Undefined if nothing is delivered to it. */
  readonly hubRegion: string | undefined;
  /** The topic for the digest. */
  readonly topic: ITopic | undefined;
}

/** The names and the permissions boundary of roles. */
export type RoleSettings = Pick<IamVigilProps, 'namePrefix' | 'rolePath' | 'permissionsBoundary'>;

/** The role of the function. Its actions are derived from the checks. None of them changes IAM. */
export function scanRole(scope: Construct, props: IamVigilProps, { checks, store, hubRegion, topic }: ScanNeeds): Role {
  const role = new Role(scope, 'ScanRole', {
    ...common(props, 'scan'),
    description: 'iam-vigil: reads identities, stores snapshots and reports, delivers findings',
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
  });
  role.addToPolicy(new PolicyStatement({ sid: 'Scan', actions: [...actionsFor(checks)], resources: ['*'] }));
  role.addToPolicy(new PolicyStatement({ sid: 'Keep', actions: [...storeActions], resources: [store.arnForObjects('*')] }));
  role.addToPolicy(
    new PolicyStatement({ sid: 'Remember', actions: [...memoryActions], resources: [store.arnForObjects(`${MEMORY_FOLDER}/*`)] }),
  );
  if (props.encryptionKey)
    role.addToPolicy(
      new PolicyStatement({ sid: 'Encrypt', actions: [...storeKeyActions], resources: [props.encryptionKey.keyArn] }),
    );
  role.addToPolicy(sendRunEnded(scope));
  if (topic) role.addToPolicy(publishTo(topic));
  allowFunctionSettings(role, props);
  if (hubRegion !== undefined) for (const statement of deliveryTo(scope, hubRegion)) role.addToPolicy(statement);
  acknowledge(
    role,
    {
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'The read actions do not support resources, or are needed for all resources of the account. None of them writes.',
    },
    {
      id: `AwsSolutions-IAM5[Resource::<${logicalIdOf(store)}.Arn>/*]`,
      reason: 'The bucket contains only what this role writes.',
    },
    {
      id: `AwsSolutions-IAM5[Resource::<${logicalIdOf(store)}.Arn>/${MEMORY_FOLDER}/*]`,
      reason: 'The folder contains only the snapshot with which this role compares the next one.',
    },
  );
  return role;
}

/**
 * Allows to send the event that ends a run, and no other event.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
 */
const sendRunEnded = (scope: Construct): PolicyStatement =>
  new PolicyStatement({
    ...{ sid: 'EndRun', actions: [...eventActions] },
    resources: [Stack.of(scope).formatArn({ service: 'events', resource: 'event-bus', resourceName: 'default' })],
    conditions: { StringEquals: { 'events:source': runEnded.source, 'events:detail-type': runEnded.type } },
  });

/** Allows to publish the digest in its topic. */
export const publishTo = ({ topicArn }: ITopic): PolicyStatement =>
  new PolicyStatement({ sid: 'Tell', actions: [...digestActions], resources: [topicArn] });

/** The logical ID in the template. The default child of a bucket or a function is a template element. */
export const logicalIdOf = ({ node, stack }: Resource): string => stack.getLogicalId(node.defaultChild as CfnElement);

/** The role with which the schedule starts the function or the state machine. The schedule target adds the permission. */
export function scheduleRole(scope: Construct, props: RoleSettings, scan?: Function): Role {
  const role = new Role(scope, 'ScheduleRole', {
    ...common(props, 'schedule'),
    description: 'iam-vigil: starts the nightly scan',
    // Only schedules of this account can use it. https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  });
  if (scan)
    acknowledge(role, {
      id: `AwsSolutions-IAM5[Resource::<${logicalIdOf(scan)}.Arn>:*]`,
      reason: 'The wildcard covers the versions of the one function that the schedule starts.',
    });
  return role;
}

/** The properties that all our roles share. */
export const common = ({ namePrefix, rolePath, permissionsBoundary }: RoleSettings, name: string): Partial<RoleProps> => ({
  ...(namePrefix === undefined ? {} : { roleName: `${namePrefix}-${name}` }),
  ...(rolePath === undefined ? {} : { path: rolePath }),
  ...(permissionsBoundary ? { permissionsBoundary } : {}),
});

/** The fields of any finding that AWS allows a customer to change, except those that a delivery sets: the workflow status and the note. */
const fieldsNotSet = [
  ...['Confidence', 'Criticality', 'RelatedFindings', 'Types', 'UserDefinedFields', 'VerificationState'],
  ...['Severity', 'Severity.Label', 'Severity.Normalized', 'Severity.Product'],
];

const UPDATE = 'securityhub:BatchUpdateFindings';

/**
 * The statements for a delivery to Security Hub of this account. An update can set what a delivery sets: the note, and the workflow status
 * to one of two values. AWS has no condition key for the product of a finding, so this holds for findings of every product.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchupdatefindings.html
 */
export function deliveryTo(scope: Construct, region: string): readonly PolicyStatement[] {
  const resources = hubArns(scope, region);
  const field = (path: string) => `securityhub:ASFFSyntaxPath/${path}`;
  return [
    new PolicyStatement({ sid: 'Deliver', actions: securityHubActions.filter((action) => action !== UPDATE), resources }),
    new PolicyStatement({
      sid: 'Suppress',
      actions: [UPDATE],
      resources,
      conditions: {
        'ForAnyValue:StringEquals': { [field('Workflow.Status')]: ['NEW', 'SUPPRESSED'] },
        Null: Object.fromEntries(fieldsNotSet.map((path) => [field(path), 'true'])),
      },
    }),
  ];
}

/**
 * The account's own product, to which findings are imported, and its hub, from which they are read.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecurityhub.html
 */
function hubArns(scope: Construct, region: string): string[] {
  const stack = Stack.of(scope);
  const arn = (resource: string) => stack.formatArn({ service: 'securityhub', region, resource });
  return [arn(`product/${stack.account}/default`), arn('hub/default')];
}
