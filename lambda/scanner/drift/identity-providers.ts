import type { OidcProvider } from '../facts/oidc-providers.ts';
import type { SamlProvider } from '../facts/saml-providers.ts';
import { joinList } from '../check-support/wording/wording.ts';
import type { Change, Incomparable } from '../model/change.ts';
import type { Observed } from '../model/observed.ts';
import type { Resource } from '../model/resource.ts';
import { type Comparison, type Pair, cannotCompare, factsOfBoth, together } from './pair.ts';

const PART = 'identity-providers';

/** SAML and OpenID Connect providers that were added or removed, or that now accept what they did not accept before. */
export function compareIdentityProviders(pair: Pair): Comparison {
  const facts = factsOfBoth(pair, ['samlProviders', 'oidcProviders']);
  if (facts.status === 'unavailable') return cannotCompare(PART, facts.reason);
  const { before, after } = facts;
  return together([
    compareProviders(pair, before.samlProviders, after.samlProviders, samlDifferences),
    compareProviders(pair, before.oidcProviders, after.oidcProviders, oidcDifferences),
  ]);
}

type Providers<T> = ReadonlyMap<string, Observed<T>>;

function compareProviders<T>(
  pair: Pair,
  before: Providers<T>,
  after: Providers<T>,
  differences: (was: T, is: T) => readonly string[],
): Comparison {
  const comparisons = [...after].map(([arn, is]): Comparison => {
    const was = before.get(arn);
    if (was === undefined) return { changes: [addition(pair, arn)], incomparable: [] };
    if (was.status === 'unavailable' || is.status === 'unavailable') return { changes: [], incomparable: [gap(arn, was, is)] };
    const changed = differences(was.value, is.value);
    return { changes: changed.length === 0 ? [] : [alteration(pair, arn, changed)], incomparable: [] };
  });
  const removed = [...before.keys()].filter((arn) => !after.has(arn)).map((arn) => removal(pair, arn));
  return together([...comparisons, { changes: removed, incomparable: [] }]);
}

const gap = (arn: string, ...both: readonly Observed<unknown>[]): Incomparable => ({
  ...{ part: PART, resource: providerResource(arn) },
  reason: both.map((seen) => (seen.status === 'unavailable' ? seen.reason : '')).find((reason) => reason !== '') ?? '',
});

const samlDifferences = (was: SamlProvider, is: SamlProvider): readonly string[] =>
  normalized(was.metadata) === normalized(is.metadata) ? [] : ['other metadata'];

/** Spaces between elements mean nothing. */
const normalized = (metadata: string): string => metadata.replaceAll(/\s+/g, ' ').trim();

function oidcDifferences(was: OidcProvider, is: OidcProvider): readonly string[] {
  const clients = is.clientIds.filter((id) => !was.clientIds.includes(id));
  const thumbprints = is.thumbprints.filter((print) => !was.thumbprints.includes(print));
  return [
    ...(clients.length > 0 ? [`new client IDs: ${joinList(clients)}`] : []),
    ...(thumbprints.length > 0 ? [`new thumbprints: ${joinList(thumbprints)}`] : []),
    ...(was.url === is.url ? [] : [`another issuer: ${is.url}`]),
  ];
}

const nameOf = (arn: string): string => arn.slice(arn.indexOf('/') + 1);
const providerResource = (arn: string): Resource => ({
  type: 'AwsIamIdentityProvider',
  ...{ arn, name: nameOf(arn), id: arn },
});

const common = ({ after }: Pair, arn: string) => ({
  account: after.snapshot.accountId,
  resource: providerResource(arn),
  evidence: { arn },
});

const addition = (pair: Pair, arn: string): Change => ({
  ...{ ...common(pair, arn), kind: 'provider-added', effect: 'worse', severity: 'HIGH' },
  headline: `Identity provider ${nameOf(arn)} is new`,
  message: 'Its users can assume the roles whose trust policies name it.',
});

const alteration = (pair: Pair, arn: string, changed: readonly string[]): Change => ({
  ...{ ...common(pair, arn), kind: 'provider-changed', effect: 'worse', severity: 'HIGH' },
  headline: `Identity provider ${nameOf(arn)} was changed`,
  message: `It has ${changed.join('; ')}.`,
  evidence: { arn, changed },
});

const removal = (pair: Pair, arn: string): Change => ({
  ...{ ...common(pair, arn), kind: 'provider-removed', effect: 'better', severity: 'INFORMATIONAL' },
  ...{ headline: `Identity provider ${nameOf(arn)} was removed`, message: '' },
});
