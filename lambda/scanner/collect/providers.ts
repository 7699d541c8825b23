import {
  GetOpenIDConnectProviderCommand,
  GetSAMLProviderCommand,
  ListOpenIDConnectProvidersCommand,
  ListSAMLProvidersCommand,
} from '@aws-sdk/client-iam';
import type { Json } from '../model/json.ts';
import type { Aws } from './aws.ts';
import { observeEach } from './observe-each.ts';
import { listIn, textIn } from './pages.ts';
import { toJson } from './to-json.ts';

/** Every SAML provider, by ARN. The list call is not paginated. */
export async function collectSamlProviders({ iam }: Aws): Promise<Json> {
  const { SAMLProviderList } = await iam.send(new ListSAMLProvidersCommand({}));
  const arns = listIn(SAMLProviderList).map(({ Arn }) => textIn(Arn));
  return observeEach(arns, 'iam:GetSAMLProvider', async (arn) =>
    toJson(await iam.send(new GetSAMLProviderCommand({ SAMLProviderArn: arn }))),
  );
}

/** Every OpenID Connect provider, by ARN. The list call is not paginated. */
export async function collectOidcProviders({ iam }: Aws): Promise<Json> {
  const { OpenIDConnectProviderList } = await iam.send(new ListOpenIDConnectProvidersCommand({}));
  const arns = listIn(OpenIDConnectProviderList).map(({ Arn }) => textIn(Arn));
  return observeEach(arns, 'iam:GetOpenIDConnectProvider', async (arn) =>
    toJson(await iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn }))),
  );
}
