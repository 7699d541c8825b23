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
} as const;

/** Where findings go. */
export const deliveries = ['security-hub', 'none'] as const;

/** One of {@link deliveries}. */
export type DeliverTo = (typeof deliveries)[number];

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
} as const;
