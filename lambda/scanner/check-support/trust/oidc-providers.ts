import type { Subject } from '../../check.ts';
import type { Facts } from '../../facts/snapshot.ts';
import { ifCollected } from '../../model/observed.ts';

type OidcFacts = Pick<Facts, 'oidcProviders'>;

/** An OpenID Connect provider that is known to exist, whose details could not be collected, and why. */
export interface UnseenProvider extends Subject {
  readonly unseen: string;
}

/** The providers whose client IDs could not be collected. */
export const unseenProviders = ({ oidcProviders }: OidcFacts): readonly UnseenProvider[] =>
  [...oidcProviders].flatMap(([arn, provider]) => {
    const name = arn.split(':oidc-provider/').at(-1) ?? arn;
    const resource = { type: 'AwsIamIdentityProvider', arn, name, id: arn } as const;
    return provider.status === 'unavailable' ? [{ resource, unseen: provider.reason }] : [];
  });

/** The audiences that a provider accepts. Empty if there is no such provider, or if it could not be collected. */
export function clientIdsOf({ oidcProviders }: OidcFacts, arn: string | undefined): readonly string[] {
  const provider = arn === undefined ? undefined : oidcProviders.get(arn);
  return ifCollected(provider)?.clientIds ?? [];
}
