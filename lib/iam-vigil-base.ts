import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { metricNames } from '../lambda/handlers/contract.ts';
import { ownMetric } from './own-metric.ts';
import { grantReports } from './store-bucket.ts';

/** What both deployments can be asked for: permission to read their reports, and their metrics. */
export abstract class IamVigilBase extends Construct {
  /** The bucket of both deployments. */
  abstract readonly store: Bucket;
  /** The function that publishes the metrics of a run. */
  protected abstract readonly teller: IFunction;
  /** The ARNs of those who may read in the bucket, besides the functions. */
  protected abstract readonly readers: string[];

  /**
   * Allows to read the reports, and no snapshots: with permissions for the bucket and its key, and as an exception in the policy of the
   * bucket, which denies it to everyone else.
   *
   * @throws Error when the grantee is neither a role nor a user, nor the ARN of one.
   */
  grantReadReports(grantee: IGrantable): Grant {
    return grantReports(this.store, this.readers, grantee);
  }

  /** A metric of the runs by its name, on average over five minutes. */
  metric(metricName: string, props?: MetricOptions): Metric {
    return ownMetric(this.teller, metricName, props);
  }

  /** How many scans finished, complete or not, in total over five minutes. */
  metricRuns(props?: MetricOptions): Metric {
    return this.metric(metricNames.runs, { statistic: 'Sum', ...props });
  }

  /** How many scans could not evaluate, store or deliver everything, in total over five minutes. */
  metricIncompleteRuns(props?: MetricOptions): Metric {
    return this.metric(metricNames.incompleteRuns, { statistic: 'Sum', ...props });
  }

  /** How many findings a run had that failed, at most over five minutes. */
  metricFailedFindings(props?: MetricOptions): Metric {
    return this.metric(metricNames.failedFindings, { statistic: 'Maximum', ...props });
  }

  /** How many findings of a run could not be evaluated, at most over five minutes. */
  metricUnknownFindings(props?: MetricOptions): Metric {
    return this.metric(metricNames.unknownFindings, { statistic: 'Maximum', ...props });
  }

  /** How many changes the digest told, in total over five minutes. */
  metricToldChanges(props?: MetricOptions): Metric {
    return this.metric(metricNames.toldChanges, { statistic: 'Sum', ...props });
  }
}
