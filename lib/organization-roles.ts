import { Aws } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { OrganizationDeliverTo, OrganizationState } from '../lambda/handlers/contract.ts';
import { MEMORY_FOLDER, memberActions } from '../lambda/scanner/permissions.ts';
import { acknowledge } from './acknowledge.ts';
import { memberRole, stateRoleName } from './member-role.ts';
import { type RoleSettings, common, deliveryTo, logicalIdOf, publishTo } from './roles.ts';

/** What the permissions of the states depend on. */
export interface StateNeeds {
  readonly store: Bucket;
  readonly deliver: OrganizationDeliverTo;
  readonly findingsRegion: string;
  /** The ARN of the customer managed key of the bucket, if there is one. */
  readonly keyArn: string | undefined;
  /** The topic for the digest. */
  readonly topic: ITopic | undefined;
}

interface Duties {
  /** Folders in the bucket. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly lists?: true;
  readonly entersAccounts?: true;
}

const RUNS = 'organizations';

const duties: Readonly<Record<OrganizationState, Duties>> = {
  plan: { reads: [MEMORY_FOLDER], writes: [RUNS], entersAccounts: true },
  'scan-member': { reads: [RUNS], writes: [RUNS, 'snapshots'], entersAccounts: true },
  correlate: { reads: [RUNS], writes: [RUNS], lists: true },
  deliver: { reads: [RUNS, 'snapshots', MEMORY_FOLDER], writes: [RUNS, 'reports', MEMORY_FOLDER] },
  summarize: { reads: [RUNS, MEMORY_FOLDER], writes: [RUNS, 'reports/organization', MEMORY_FOLDER], lists: true },
};

/** The role of one state. Its only permission on identities is to assume the member roles. */
export function stateRole(scope: Construct, settings: RoleSettings, state: OrganizationState, needs: StateNeeds): Role {
  const { store, deliver, findingsRegion, keyArn, topic } = needs;
  const { reads, writes, lists, entersAccounts } = duties[state];
  const role = new Role(scope, `${state}-role`, {
    ...common(settings, state),
    roleName: stateRoleName(settings.namePrefix === undefined ? {} : { namePrefix: settings.namePrefix }, state),
    description: `iam-vigil: state ${state} of the organization scan`,
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
  });
  const allow = (sid: string, actions: readonly string[], resources: readonly string[], conditions = {}) => {
    role.addToPolicy(new PolicyStatement({ sid, actions: [...actions], resources: [...resources], conditions }));
  };
  const inFolders = (folders: readonly string[]) => folders.map((folder) => store.arnForObjects(`${folder}/*`));
  if (state === 'plan') allow('FindManagement', ['organizations:DescribeOrganization'], ['*']);
  if (entersAccounts === true || (state === 'deliver' && deliver === 'members'))
    allow('EnterAccounts', memberActions, [`arn:${Aws.PARTITION}:iam::*:role/${memberRole(namesOf(settings))}`], {
      // Only in the same organization, even if another account has a role with this name.
      // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceorgid
      StringEquals: { 'aws:ResourceOrgID': '${aws:PrincipalOrgID}' },
    });
  if (state === 'deliver' && deliver === 'central') deliveryTo(scope, findingsRegion).forEach((given) => role.addToPolicy(given));
  if (state === 'summarize' && topic) role.addToPolicy(publishTo(topic));
  if (reads.length > 0) allow('Read', ['s3:GetObject'], inFolders(reads));
  allow('Keep', ['s3:PutObject'], inFolders(writes));
  if (lists) allow('List', ['s3:ListBucket'], [store.bucketArn], { StringLike: { 's3:prefix': `${RUNS}/*` } });
  if (keyArn !== undefined) allow('Encrypt', ['kms:GenerateDataKey', ...(reads.length > 0 ? ['kms:Decrypt'] : [])], [keyArn]);
  const acknowledged = [
    ...[...new Set([...reads, ...writes])].map((folder) => ({
      id: `AwsSolutions-IAM5[Resource::<${logicalIdOf(store)}.Arn>/${folder}/*]` as const,
      reason: 'The states of a run exchange and store data in this folder, under names that the run generates.',
    })),
    ...(entersAccounts === true || state === 'deliver'
      ? [
          {
            id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:iam::*:role/${memberRole(namesOf(settings))}]` as const,
            reason: 'The wildcard covers one role name in every account. A condition limits it to the organization.',
          },
        ]
      : []),
    ...(state === 'plan'
      ? [
          {
            id: 'AwsSolutions-IAM5[Resource::*]' as const,
            reason: 'organizations:DescribeOrganization does not support resources.',
          },
        ]
      : []),
  ];
  acknowledge(role, ...acknowledged);
  return role;
}

/**
 * The role of the state machine. The CDK adds what the states need, but not the key of the bucket, from which a map reads its items and
 * to which it writes its results. https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html
 */
export function runRole(scope: Construct, settings: RoleSettings, keyArn: string | undefined): Role {
  const role = new Role(scope, 'RunRole', {
    ...common(settings, 'run'),
    description: 'iam-vigil: runs the scan of the organization',
    assumedBy: new ServicePrincipal('states.amazonaws.com'),
  });
  if (keyArn !== undefined)
    role.addToPolicy(
      new PolicyStatement({ sid: 'Encrypt', actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [keyArn] }),
    );
  return role;
}

const namesOf = ({ namePrefix, rolePath }: RoleSettings) => ({
  ...(namePrefix === undefined ? {} : { namePrefix }),
  ...(rolePath === undefined ? {} : { rolePath }),
});
