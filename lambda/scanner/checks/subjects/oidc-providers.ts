import type { Subject } from '../../check.ts';
import type { Facts } from '../../facts/snapshot.ts';

type OidcFacts = Pick<Facts, 'oidcProviders'>;

/** An OpenID Connect provider of which AWS did not let us see more than that it exists; the text says why. */
export interface UnseenProvider extends Subject {
  readonly unseen: string;
}

/** The providers whose clients could not be seen. */
export const unseenProviders = ({ oidcProviders }: OidcFacts): readonly UnseenProvider[] =>
  [...oidcProviders].flatMap(([arn, provider]) => {
    const name = arn.split(':oidc-provider/').at(-1) ?? arn;
    const resource = { type: 'AwsIamIdentityProvider', arn, name, id: arn } as const;
    return provider.status === 'unavailable' ? [{ resource, unseen: provider.reason }] : [];
  });

/** The audiences whose tokens a provider takes; none where there is no such provider or it could not be seen. */
export function clientIdsOf({ oidcProviders }: OidcFacts, arn: string | undefined): readonly string[] {
  const provider = arn === undefined ? undefined : oidcProviders.get(arn);
  return provider?.status === 'collected' ? provider.value.clientIds : [];
}
