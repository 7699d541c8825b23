import { AccountClient, type AccountClientConfig, type AccountClientResolvedConfig } from '@aws-sdk/client-account';
import { partition } from '@aws-sdk/core/client';
import type { Client } from '@smithy/core/client';
import type { $SchemaRef, HttpHandlerOptions, MetadataBearer, StaticOperationSchema } from '@smithy/types';
import { RequestHandler } from '../requests/request-handler.ts';
import { structuresOf } from '../requests/sdk-schemas.ts';

/**
 * Opens a service of which one or two actions are called. It is the client of another service with the endpoint and the protocol replaced,
 * instead of a further package in the bundles.
 */
export const openService = (
  service: 'events' | 'sns' | 'states',
  limits: ConstructorParameters<typeof RequestHandler>[0],
  config: AccountClientConfig,
): Client<HttpHandlerOptions, object, MetadataBearer, AccountClientResolvedConfig> =>
  new AccountClient({
    ...{ serviceId: service, endpointProvider: endpointOf(service), retryMode: 'adaptive', maxAttempts: 6, ...config },
    requestHandler: new RequestHandler(limits),
  });

const endpointOf =
  (service: string): NonNullable<AccountClientConfig['endpointProvider']> =>
  ({ Endpoint, Region = '', UseFIPS, UseDualStack }) => {
    const { dnsSuffix, dualStackDnsSuffix } = partition(Region);
    const host = `${service}${UseFIPS ? '-fips' : ''}.${Region}.${UseDualStack ? dualStackDnsSuffix : dnsSuffix}`;
    const authSchemes = [{ name: 'sigv4', signingName: service, signingRegion: Region, properties: {} }];
    return { url: new URL(Endpoint ?? `https://${host}`), properties: { authSchemes } };
  };

type Members = Readonly<Record<string, $SchemaRef>>;

/** The schema of an operation of a service. */
export const operation = (namespace: string, name: string, request: Members, response: Members): StaticOperationSchema => {
  const structure = structuresOf(namespace);
  return [9, namespace, name, 0, structure(`${name}Request`, request), structure(`${name}Response`, response)];
};

/** The schema of a list of structures of a service. */
export const listOf = (namespace: string, name: string, members: Members): $SchemaRef => [
  1,
  namespace,
  `${name}List`,
  0,
  structuresOf(namespace)(name, members),
];
