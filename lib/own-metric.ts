import { type Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { METRIC_DIMENSION, METRIC_NAMESPACE, metricNames } from '../lambda/handlers/contract.ts';

/** How a metric is read. */
interface Reading {
  readonly statistic: string;
  readonly period: Duration;
  readonly label?: string;
}

/** A metric that the function itself publishes. */
export const ownMetric = (teller: IFunction, name: keyof typeof metricNames, reading: Reading): Metric =>
  new Metric({
    namespace: METRIC_NAMESPACE,
    metricName: metricNames[name],
    dimensionsMap: { [METRIC_DIMENSION]: teller.functionName },
    ...reading,
  });
