import type { AccountClientResolvedConfig } from '@aws-sdk/client-account';
import type { IAMClientResolvedConfig } from '@aws-sdk/client-iam';
import { makeBuilder } from '@smithy/core/client';
import { getEndpointPlugin } from '@smithy/core/endpoints';
import type { $SchemaRef, MetadataBearer, StaticStructureSchema } from '@smithy/types';

/** The numbers of simple shapes in SDK schemas. */
export const shapes = { text: 0, number: 1, truth: 2, seconds: 7, texts: 64 } as const;

/** Makes the schemas of structures of one service. */
export const structuresOf =
  (namespace: string) =>
  (name: string, members: Readonly<Record<string, $SchemaRef>>): StaticStructureSchema => [
    3,
    namespace,
    name,
    0,
    Object.keys(members),
    Object.values(members),
  ];

/** Makes the base class of commands of one service. */
export const commandsOf = <Config extends AccountClientResolvedConfig | IAMClientResolvedConfig>(
  service: string,
  client: string,
) =>
  makeBuilder<Config, object, MetadataBearer>(
    {
      UseFIPS: { type: 'builtInParams', name: 'useFipsEndpoint' },
      Endpoint: { type: 'builtInParams', name: 'endpoint' },
      Region: { type: 'builtInParams', name: 'region' },
      UseDualStack: { type: 'builtInParams', name: 'useDualstackEndpoint' },
    },
    service,
    client,
    getEndpointPlugin,
  );
