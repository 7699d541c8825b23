/** What the deployment and the function must agree on. Both import it. */

/** The names of the environment variables that the function reads. */
export const variables = {
  /** The bucket for snapshots and reports. */
  bucket: 'IAM_VIGIL_BUCKET',
  /** The Region whose Security Hub receives the findings. */
  findingsRegion: 'IAM_VIGIL_FINDINGS_REGION',
  /** `security-hub` (the default) or `none`. */
  deliver: 'IAM_VIGIL_DELIVER',
  /** The path of `iam-vigil.yaml`, relative to the function's folder. If absent, the defaults apply. */
  config: 'IAM_VIGIL_CONFIG',
  /** The ARN of the SNS topic that gets the digest. If absent, no message is sent. */
  digestTopic: 'IAM_VIGIL_DIGEST_TOPIC',
  /** In an organization: the role to assume in every account, with its path if it has one. */
  role: 'IAM_VIGIL_ROLE',
  /** In an organization: the external ID that the role's trust policy requires. */
  externalId: 'IAM_VIGIL_EXTERNAL_ID',
  /** In an organization: the ARN of the state machine to start after a change. */
  stateMachine: 'IAM_VIGIL_STATE_MACHINE',
} as const;

/** Where findings are delivered. */
export const deliveries = ['security-hub', 'none'] as const;

/** One of {@link deliveries}. */
export type DeliverTo = (typeof deliveries)[number];

/**
 * Where the findings of an organization are delivered: to the hub of each account, or all to the hub of the scanning account. With the
 * latter, the role in the other accounts needs no write permission.
 */
export const organizationDeliveries = ['members', 'central', 'none'] as const;

/** One of {@link organizationDeliveries}. */
export type OrganizationDeliverTo = (typeof organizationDeliveries)[number];

/** The states of an organization scan. Each is the name of the module with its `handler`. */
export const organizationStates = ['plan', 'scan-member', 'correlate', 'deliver', 'summarize'] as const;

/** One of {@link organizationStates}. */
export type OrganizationState = (typeof organizationStates)[number];

/** What scans again after a change in an organization. The deployment and the function must agree on it. */
export const rescan = {
  /** The name of the module with its `handler`. */
  module: 'rescan',
  /** The message of a change of the organization itself. That of a change in an account is its ID. */
  ofOrganization: 'organization',
  /**
   * How long a message waits. A FIFO queue drops what it got within the five minutes before, so one message is all changes of an account in
   * five minutes. IAM is eventually consistent, and two minutes later the scan sees the last of them.
   * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/using-messagededuplicationid-property.html
   */
  delaySeconds: 420,
  /** How many messages Lambda takes from a FIFO queue at once, at most. */
  mostMessages: 10,
} as const;

/** The event that ends a run. docs/events.md describes it. */
export const runEnded = { source: 'iam-vigil', type: 'iam-vigil run ended' } as const;

/** The message of the last log line of a run, which has its numbers: what failed in `failed`, how many principals are admin in `admins`. */
export const SCAN_FINISHED = 'scan finished';

/** The namespace of our metrics in CloudWatch. */
export const METRIC_NAMESPACE = 'IamVigil';

/** The dimension of these metrics. Its value is the name of the function. */
export const METRIC_DIMENSION = 'service';

/** The names of these metrics. CloudWatch charges for each, so they are few. */
export const metricNames = {
  /** Finished scans of all accounts, complete or not. If there are none, findings are out of date. */
  runs: 'Runs',
  /** Scans in which something was not evaluated, not stored or not delivered. */
  incompleteRuns: 'IncompleteRuns',
  failedFindings: 'FailedFindings',
  unknownFindings: 'UnknownFindings',
  /** What the digest told; 0 if nothing changed. */
  toldChanges: 'ToldChanges',
  /** In an organization: accounts that should have been scanned but were not. */
  accountsNotScanned: 'AccountsNotScanned',
} as const;
