/** What the deployment and the function must agree on: both import it, so that neither can drift. */

/** The names of the environment variables that the function reads. */
export const variables = {
  /** The bucket that snapshots and reports are kept in. */
  bucket: 'IAM_VIGIL_BUCKET',
  /** The Region whose Security Hub gets the findings. */
  findingsRegion: 'IAM_VIGIL_FINDINGS_REGION',
  /** `security-hub` (also where it is absent) or `none`. */
  deliver: 'IAM_VIGIL_DELIVER',
  /** The path of `iam-vigil.yaml`, from the function's own folder; where it is absent the defaults hold. */
  config: 'IAM_VIGIL_CONFIG',
  /** In an Organization: the role to assume in every account, with its path before its name where it has one. */
  role: 'IAM_VIGIL_ROLE',
  /** In an Organization: what the trust policy of that role asks for. */
  externalId: 'IAM_VIGIL_EXTERNAL_ID',
} as const;

/** Where findings go. */
export const deliveries = ['security-hub', 'none'] as const;

/** One of {@link deliveries}. */
export type DeliverTo = (typeof deliveries)[number];

/**
 * Where the findings of an Organization go: each into the hub of its own account, or all into the hub of the account that scans, so
 * that the role in the others may write nothing at all.
 */
export const organizationDeliveries = ['members', 'central', 'none'] as const;

/** One of {@link organizationDeliveries}. */
export type OrganizationDeliverTo = (typeof organizationDeliveries)[number];

/** The states of a run over an Organization, by the name of the module whose `handler` each is. */
export const organizationStates = ['plan', 'scan-member', 'correlate', 'deliver', 'summarise'] as const;

/** One of {@link organizationStates}. */
export type OrganizationState = (typeof organizationStates)[number];

/** The namespace of the function's own metrics, in CloudWatch. */
export const METRIC_NAMESPACE = 'IamVigil';

/** The dimension of these metrics, whose value is the name of the function. */
export const METRIC_DIMENSION = 'service';

/** The names of these metrics. CloudWatch charges by their number, so they are few. */
export const metricNames = {
  /** Runs that came to their end, complete or not: that there is none is worse than any finding. */
  runs: 'Runs',
  /** Runs after which something was not judged, not kept or not delivered. */
  incompleteRuns: 'IncompleteRuns',
  failedFindings: 'FailedFindings',
  unknownFindings: 'UnknownFindings',
  /** Of an Organization: accounts that were planned, and not scanned. */
  accountsNotScanned: 'AccountsNotScanned',
} as const;
