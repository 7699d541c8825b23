import { GetDevEndpointsCommand, GetJobsCommand, GlueClient } from '@aws-sdk/client-glue';
import { type Look, carrier, computeAt, listed } from './look.ts';

/** The Glue jobs and development endpoints, with their roles. AWS does not return their ARNs. */
export const lookForGlue: Look = ({ partition, region, accountId, settings, roleArn }) => {
  const glue = new GlueClient(settings);
  const jobs = listed(
    'glue:GetJobs',
    (NextToken) => glue.send(new GetJobsCommand({ NextToken })),
    ({ Jobs, NextToken }) => ({ items: Jobs, next: NextToken }),
  );
  const endpoints = listed(
    'glue:GetDevEndpoints',
    (NextToken) => glue.send(new GetDevEndpointsCommand({ NextToken })),
    ({ DevEndpoints, NextToken }) => ({ items: DevEndpoints, next: NextToken }),
  );
  const arnOf = (type: string, name: string | undefined) =>
    name === undefined ? undefined : `arn:${partition}:glue:${region}:${accountId}:${type}/${name}`;
  return {
    'glue-job': jobs.then((all) =>
      all.flatMap(({ Name, Role, Command }) => computeAt(arnOf('job', Name), roleArn(Role), Command?.ScriptLocation)),
    ),
    'glue-dev-endpoint': endpoints.then((all) =>
      all.flatMap(({ EndpointName, RoleArn }) => carrier(arnOf('devEndpoint', EndpointName), roleArn(RoleArn))),
    ),
  };
};
