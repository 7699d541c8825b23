import type { Duration } from 'aws-cdk-lib';
import type { OrganizationDeliverTo } from '../lambda/handlers/contract.ts';
import type { IamVigilProps } from './props.ts';

/** The settings to scan an organization. */
export interface IamVigilOrganizationProps extends Omit<
  IamVigilProps,
  'deliver' | 'insight' | 'memorySize' | 'namePrefix' | 'rescanOnChange' | 'timeout'
> {
  /** The ID of the organization, such as `o-exampleorgid`. Only principals of it can assume the member roles. */
  readonly organizationId: string;
  /** The IDs of the organizational units whose accounts get the role. The root, such as `r-ab12`, selects all accounts. */
  readonly organizationalUnits: readonly string[];
  /**
   * The account that it is deployed in. In the management account it also creates the role there. In a delegated administrator of
   * CloudFormation StackSets, {@link IamVigilMemberRoleStack} must also be deployed to the management account.
   *
   * @default 'delegated-administrator'
   */
  readonly deployedIn?: 'management' | 'delegated-administrator';
  /**
   * Where findings are delivered: to the hub of each account, to the hub of the scanning account, or only to the reports.
   *
   * @default 'members'
   */
  readonly deliver?: OrganizationDeliverTo;
  /**
   * How many accounts are scanned, and delivered, in parallel. As many functions run at once. With central delivery, one hub receives
   * all findings, and four accounts are delivered in parallel.
   *
   * @default 40
   */
  readonly concurrency?: number;
  /**
   * The percentage of accounts that may fail before the whole run is stopped. Each failed account is also a finding and an alarm.
   *
   * @default 100: the run is never stopped
   */
  readonly toleratedFailurePercentage?: number;
  /**
   * The external ID in the trust policy of the member roles.
   *
   * @default the UUID of the stack, so that each deployment has its own
   */
  readonly externalId?: string;
  /**
   * The prefix of all role names: `<prefix>-member` in every account, `<prefix>-plan` and so on in the scanning account.
   *
   * @default iam-vigil
   */
  readonly namePrefix?: string;
  /**
   * The permissions boundary of the member roles: the name of a managed policy that exists in every account, with its path if it has one.
   *
   * @default the policy with the name of `permissionsBoundary`, if that is set
   */
  readonly memberBoundary?: string;
  /**
   * Whether to scan accounts again minutes after their IAM changed, besides every night, and all accounts after the organization or IAM
   * Identity Center changed. It needs a CloudTrail trail with management events in the accounts, and
   * {@link IamVigilOrganizationChangeForwarderStack} in the management account.
   *
   * @default false
   */
  readonly rescanOnChange?: boolean;
  /** The tags of the member roles. For the tags of all other resources use `Tags.of`. */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * The timeout of a run.
   *
   * @default 6 hours
   */
  readonly timeout?: Duration;
}
