import { AccountClient, type AccountClientConfig, type AccountClientResolvedConfig } from '@aws-sdk/client-account';
import { partition } from '@aws-sdk/core/client';
import type { Client } from '@smithy/core/client';
import type { $SchemaRef, HttpHandlerOptions, MetadataBearer, StaticOperationSchema } from '@smithy/types';
import type { ClientSettings } from './aws.ts';
import { withoutHostRetries } from './no-such-host.ts';
import { commandsOf, shapes, structuresOf } from '../requests/sdk-schemas.ts';

/** A client of IAM Roles Anywhere. */
export type RolesAnywhereClient = Client<HttpHandlerOptions, object, MetadataBearer, AccountClientResolvedConfig>;

/** https://docs.aws.amazon.com/general/latest/gr/rolesanywhere.html */
const endpointProvider: NonNullable<AccountClientConfig['endpointProvider']> = ({
  Endpoint,
  Region = '',
  UseFIPS,
  UseDualStack,
}) => {
  const { dnsSuffix, dualStackDnsSuffix } = partition(Region);
  const host = `rolesanywhere${UseFIPS ? '-fips' : ''}.${Region}.${UseDualStack ? dualStackDnsSuffix : dnsSuffix}`;
  const authSchemes = [{ name: 'sigv4', signingName: 'rolesanywhere', signingRegion: Region, properties: {} }];
  return { url: new URL(Endpoint ?? `https://${host}`), properties: { authSchemes } };
};

/**
 * Opens a client of IAM Roles Anywhere in one Region.
 *
 * Three lists are read. Clients of REST-JSON services differ only in endpoint, signing name and command schemas, so this is the client of
 * another service with these three replaced, instead of one more package in the bundles.
 */
export function openRolesAnywhere(settings: ClientSettings): RolesAnywhereClient {
  const client = new AccountClient({ ...settings, serviceId: 'RolesAnywhere', endpointProvider });
  client.middlewareStack.use(withoutHostRetries());
  return client;
}

const NAMESPACE = 'com.amazonaws.rolesanywhere';
const structure = structuresOf(NAMESPACE);

const listRequest = structure('ListRequest', { nextToken: [shapes.text, { httpQuery: 'nextToken' }] });

/** A list operation. Only the given members of each item are read. */
const listing = (
  name: string,
  path: string,
  field: string,
  members: Readonly<Record<string, $SchemaRef>>,
): StaticOperationSchema => [
  9,
  NAMESPACE,
  name,
  { http: ['GET', path, 200] },
  listRequest,
  structure(`${name}Response`, { nextToken: shapes.text, [field]: [1, NAMESPACE, field, 0, structure(field, members)] }),
];

interface ListRequest {
  readonly nextToken: string | undefined;
}

interface ListResponse extends MetadataBearer {
  readonly nextToken?: string;
}

const command = commandsOf<AccountClientResolvedConfig>('RolesAnywhere', 'RolesAnywhereClient');
const common = { enabled: shapes.truth, name: shapes.text };

/** https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_ListTrustAnchors.html */
export class ListTrustAnchorsCommand extends command<ListRequest, ListResponse & { readonly trustAnchors?: readonly unknown[] }>(
  {},
  () => [],
  'ListTrustAnchors',
  listing('ListTrustAnchors', '/trustanchors', 'trustAnchors', {
    ...common,
    trustAnchorId: shapes.text,
    trustAnchorArn: shapes.text,
    source: structure('Source', {
      sourceType: shapes.text,
      sourceData: structure('SourceData', { x509CertificateData: shapes.text, acmPcaArn: shapes.text }),
    }),
  }),
) {}

/** https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_ListCrls.html */
export class ListCrlsCommand extends command<ListRequest, ListResponse & { readonly crls?: readonly unknown[] }>(
  {},
  () => [],
  'ListCrls',
  listing('ListCrls', '/crls', 'crls', { ...common, crlId: shapes.text, crlArn: shapes.text, trustAnchorArn: shapes.text }),
) {}

/** https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_ListProfiles.html */
export class ListProfilesCommand extends command<ListRequest, ListResponse & { readonly profiles?: readonly unknown[] }>(
  {},
  () => [],
  'ListProfiles',
  listing('ListProfiles', '/profiles', 'profiles', {
    ...common,
    profileId: shapes.text,
    profileArn: shapes.text,
    roleArns: shapes.texts,
    sessionPolicy: shapes.text,
    managedPolicyArns: shapes.texts,
  }),
) {}
