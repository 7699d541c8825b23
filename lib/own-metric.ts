import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { METRIC_DIMENSION, METRIC_NAMESPACE } from '../lambda/handlers/contract.ts';

/** A metric that the function itself publishes. */
export const ownMetric = (teller: IFunction, metricName: string, props?: MetricOptions): Metric =>
  new Metric({
    namespace: METRIC_NAMESPACE,
    metricName,
    dimensionsMap: { [METRIC_DIMENSION]: teller.functionName },
    ...props,
  });
