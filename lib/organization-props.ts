import type { Duration } from 'aws-cdk-lib';
import type { OrganizationDeliverTo } from '../lambda/handlers/contract.ts';
import type { IamVigilProps } from './props.ts';

/** What an Organization is watched with. */
export interface IamVigilOrganizationProps extends Omit<IamVigilProps, 'deliver' | 'insight' | 'namePrefix'> {
  /** The id of the Organization, such as `o-exampleorgid`: nobody outside of it gets in. */
  readonly organizationId: string;
  /** The ids of the organizational units whose accounts get the role, such as the root, `r-ab12`: then all of them. */
  readonly organizationalUnits: readonly string[];
  /**
   * Which account it is deployed in. In the management account it makes the role there as well; a delegated administrator of
   * CloudFormation StackSets needs {@link IamVigilMemberRoleStack} in the management account besides.
   *
   * @default 'delegated-administrator'
   */
  readonly deployedIn?: 'management' | 'delegated-administrator';
  /**
   * Where findings go: into the hub of their own account, into the hub of the account that scans, or nowhere but into the reports.
   *
   * @default 'members'
   */
  readonly deliver?: OrganizationDeliverTo;
  /**
   * How many accounts are scanned, and delivered, at a time: as many functions run at once. With central delivery one hub takes
   * all findings, and four accounts at a time are delivered.
   *
   * @default 40
   */
  readonly concurrency?: number;
  /**
   * The share of accounts that may fail before the run as a whole is broken off, in percent. An account that fails is a finding and an
   * alarm either way.
   *
   * @default 100: the run is never broken off
   */
  readonly toleratedFailurePercentage?: number;
  /**
   * What the role in the accounts asks for besides who is calling.
   *
   * @default one that is made of the place of the construct
   */
  readonly externalId?: string;
  /**
   * How all roles begin: `<prefix>-member` in every account, `<prefix>-plan` and so on in this.
   *
   * @default iam-vigil
   */
  readonly namePrefix?: string;
  /**
   * After how long a run is given up.
   *
   * @default 6 hours
   */
  readonly timeout?: Duration;
}
