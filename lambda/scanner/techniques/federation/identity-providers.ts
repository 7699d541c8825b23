import type { PrincipalEntry } from '../../policy/policy.ts';
import type { Account } from '../../iam/account.ts';
import type { Principal } from '../../iam/principal.ts';
import type { AllowIndex } from '../../iam/allow-index.ts';
import { type ProviderKind, federatedAction, trustsSigner } from '../../iam/federated-trust.ts';
import { type AuthorizationResult, allOf, anyOf, refused, conditional } from '../../iam/authorization-result.ts';
import { can } from '../../iam/authorization.ts';
import type { ImpersonationTechnique, Technique } from '../technique.ts';
import { ifCollected } from '../../model/observed.ts';

/** Prefilter: the providers that the role trusts for their assertions or tokens. */
const federated = (account: Account, role: Principal, kind: ProviderKind): readonly string[] =>
  (account.trusts.get(role.arn)?.statements ?? [])
    .filter(({ source, matchesActionName }) => source.effect === 'Allow' && matchesActionName(federatedAction[kind]))
    .flatMap(({ source }): readonly PrincipalEntry[] => source.principal?.entries ?? [])
    .filter(({ type, value }) => type === 'Federated' && value.includes(`:${kind}/`))
    .map(({ value }) => value);

/** A technique by which the principal gets to sign what an identity provider says to a role that trusts it. */
const onProvider = (
  technique: Technique,
  kind: ProviderKind,
  applies: (account: Account, providerArn: string) => AuthorizationResult,
): ImpersonationTechnique => ({
  ...technique,
  *candidates(account: Account, index: AllowIndex, target: Principal) {
    for (const arn of federated(account, target, kind)) yield* index.principalsAllowed(technique.actions[0] ?? '', arn);
  },
  attempt: (account, principal, target) =>
    target.kind === 'user'
      ? refused()
      : anyOf(
          federated(account, target, kind).map(
            (arn) => () =>
              allOf(
                () => applies(account, arn),
                ...technique.actions.map((action) => () => can(account, principal, action, arn)),
                () => trustsSigner(account, principal, target, kind, arn),
              ),
          ),
        ),
});

/** Only an existing provider can be changed. */
const isThere = (account: Account, arn: string): AuthorizationResult =>
  providersFor(account, arn)?.has(arn) === false ? refused() : allOf();

/** The providers of the kind that the ARN names; undefined where they could not be listed. */
function providersFor(
  { facts: { samlProviders, oidcProviders } }: Account,
  arn: string,
): ReadonlyMap<string, unknown> | undefined {
  return ifCollected<ReadonlyMap<string, unknown>>(arn.includes(':saml-provider/') ? samlProviders : oidcProviders);
}

/** A provider that roles trust and that does not exist can be created under the same name. */
function isDangling(account: Account, arn: string): AuthorizationResult {
  const providers = providersFor(account, arn);
  if (providers) return providers.has(arn) ? refused() : allOf();
  return conditional({ key: 'exists:identity-provider', controlledBy: 'environment', text: `${arn} does not exist` });
}

/** Who controls the metadata of the provider can sign any assertion. */
export const federationTechniques: readonly ImpersonationTechnique[] = [
  onProvider(
    {
      id: 'update-saml-provider',
      aliases: [],
      title: 'Replace the metadata of the SAML provider that the role trusts, and sign in with a forged assertion',
      actions: ['iam:UpdateSAMLProvider'],
    },
    'saml-provider',
    isThere,
  ),
  onProvider(
    {
      id: 'create-saml-provider',
      aliases: [],
      title: 'Create the missing SAML provider that the role trusts, and sign in with a forged assertion',
      actions: ['iam:CreateSAMLProvider'],
    },
    'saml-provider',
    isDangling,
  ),
  ...(
    [
      'iam:CreateOpenIDConnectProvider',
      'iam:AddClientIDToOpenIDConnectProvider',
      'iam:UpdateOpenIDConnectProviderThumbprint',
    ] as const
  ).map((action) =>
    onProvider(
      {
        id: oidcRuleId(action),
        aliases: [],
        title: 'Create or change the OpenID Connect provider that the role trusts, and sign in with a token of its issuer',
        actions: [action],
      },
      'oidc-provider',
      (account, arn) =>
        allOf(
          () => (action === 'iam:CreateOpenIDConnectProvider' ? isDangling : isThere)(account, arn),
          () =>
            conditional({
              key: 'exists:oidc-token',
              controlledBy: 'environment',
              text: `the principal can get a token of ${arn} that the trust policy accepts`,
            }),
        ),
    ),
  ),
];

function oidcRuleId(action: string): string {
  return action
    .slice('iam:'.length)
    .replace('OpenIDConnect', 'Oidc')
    .replaceAll(/(?<=[a-z])(?=[A-Z])|(?<=ID)(?=[A-Z])/g, '-')
    .toLowerCase();
}
