import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * Amazon API Gateway: an integration with an AWS service calls any action of the service with the role. An imported API
 * brings its integrations along.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
 */
export const apigateway: readonly PassRoleTechnique[] = [
  {
    id: 'apigateway-import-api',
    aliases: [],
    title: 'Pass the role to the AWS integration of a new API, and call the API',
    actions: ['apigateway:POST'],
    resources: {
      'apigateway:POST': [['arn:{partition}:apigateway:*::/restapis'], ['arn:{partition}:apigateway:*::/restapis/*/deployments']],
    },
    service: 'apigateway.amazonaws.com',
  },
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integrations.html
  {
    id: 'apigateway-create-websocket-api',
    aliases: [],
    title: 'Pass the role to the AWS integration of a new WebSocket API, and call the API',
    actions: ['apigateway:POST'],
    resources: {
      'apigateway:POST': ['apis', 'apis/*/integrations', 'apis/*/routes', 'apis/*/deployments', 'apis/*/stages'].map((path) => [
        `arn:{partition}:apigateway:*::/${path}`,
      ]),
    },
    service: 'apigateway.amazonaws.com',
  },
  {
    id: 'apigateway-put-integration',
    aliases: [],
    title: 'Pass the role to an AWS integration of an existing API, and call the API',
    actions: ['apigateway:PUT'],
    resources: { 'apigateway:PUT': [['arn:{partition}:apigateway:*::/restapis/*/resources/*/methods/*/integration']] },
    service: 'apigateway.amazonaws.com',
    existing: 'a REST API that the principal can call',
  },
  {
    id: 'apigateway-update-integration',
    aliases: [],
    title: 'Change an integration of an existing API to an AWS service with the role, and call the API',
    actions: ['apigateway:PATCH'],
    resources: {
      'apigateway:PATCH': [
        [
          'arn:{partition}:apigateway:*::/restapis/*/resources/*/methods/*/integration',
          'arn:{partition}:apigateway:*::/apis/*/integrations/*',
        ],
      ],
    },
    service: 'apigateway.amazonaws.com',
    existing: 'an API that the principal can call',
  },
];
