import { type CfnElement, type Resource, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal, type RoleProps } from 'aws-cdk-lib/aws-iam';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Check } from '../lambda/scanner/check.ts';
import { actionsFor, securityHubActions, storeActions, storeKeyActions } from '../lambda/scanner/permissions.ts';
import type { IamVigilProps } from './props.ts';

/** What the function needs its permissions for. */
export interface ScanNeeds {
  /** The checks that are run: they say which facts, and these which actions. */
  readonly checks: readonly Pick<Check, 'needs' | 'raisedForAdmins'>[];
  readonly store: Bucket;
  /** The Region of Security Hub; undefined where nothing is delivered there. */
  readonly hubRegion: string | undefined;
}

/** How roles are named, and what limits them. */
export type RoleSettings = Pick<IamVigilProps, 'namePrefix' | 'rolePath' | 'permissionsBoundary'>;

/** The role that the function runs as. Its actions are derived from what is run; none of them changes anything in IAM. */
export function scanRole(scope: Construct, props: IamVigilProps, { checks, store, hubRegion }: ScanNeeds): Role {
  const role = new Role(scope, 'ScanRole', {
    ...common(props, 'scan'),
    description: 'iam-vigil: reads identities, keeps snapshots and reports, delivers findings',
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
  });
  role.addToPolicy(new PolicyStatement({ sid: 'Scan', actions: [...actionsFor(checks)], resources: ['*'] }));
  role.addToPolicy(new PolicyStatement({ sid: 'Keep', actions: [...storeActions], resources: [store.arnForObjects('*')] }));
  if (props.encryptionKey)
    role.addToPolicy(
      new PolicyStatement({ sid: 'Encrypt', actions: [...storeKeyActions], resources: [props.encryptionKey.keyArn] }),
    );
  if (hubRegion !== undefined)
    role.addToPolicy(
      new PolicyStatement({ sid: 'Deliver', actions: [...securityHubActions], resources: hubArns(scope, hubRegion) }),
    );
  Validations.of(role).acknowledge(
    {
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'Actions that read IAM take no resource, or are asked of everything that the account has. None of them writes.',
    },
    {
      id: `AwsSolutions-IAM5[Resource::<${logicalIdOf(store)}.Arn>/*]`,
      reason: 'The bucket is for what this role writes, and for nothing else.',
    },
  );
  return role;
}

/** The name in the template; what a bucket or a function is made of is an element of it. */
export const logicalIdOf = ({ node, stack }: Resource): string => stack.getLogicalId(node.defaultChild as CfnElement);

/** The role with which the schedule starts the function, or the state machine; the schedule adds that it may. */
export function scheduleRole(scope: Construct, props: RoleSettings, scan?: Function): Role {
  const role = new Role(scope, 'ScheduleRole', {
    ...common(props, 'schedule'),
    description: 'iam-vigil: starts the nightly scan',
    // Only a schedule of this account may use it. https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  });
  if (scan)
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${logicalIdOf(scan)}.Arn>:*]`,
      reason: 'These are the versions of the one function that the schedule starts.',
    });
  return role;
}

/** What every role of ours has, by its name among ours. */
export const common = ({ namePrefix, rolePath, permissionsBoundary }: RoleSettings, name: string): Partial<RoleProps> => ({
  ...(namePrefix === undefined ? {} : { roleName: `${namePrefix}-${name}` }),
  ...(rolePath === undefined ? {} : { path: rolePath }),
  ...(permissionsBoundary ? { permissionsBoundary } : {}),
});

/**
 * The account's own product, which findings are imported for, and its hub, which they are read from.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecurityhub.html
 */
export function hubArns(scope: Construct, region: string): string[] {
  const stack = Stack.of(scope);
  const arn = (resource: string) => stack.formatArn({ service: 'securityhub', region, resource });
  return [arn(`product/${stack.account}/default`), arn('hub/default')];
}
