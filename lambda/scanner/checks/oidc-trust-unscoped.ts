import { type CheckContext, defineCheck, fail, pass, unknown } from '../check.ts';
import { GRANT_ACCESS } from '../check-support/remediation/missing-data.ts';
import { type UnseenProvider, clientIdsOf, unseenProviders } from '../check-support/trust/oidc-providers.ts';
import { judgeCallers } from '../check-support/trust/judge-callers.ts';
import { type OidcTrustedPrincipal, isOidc, oidcTrustedPrincipals, openTo } from '../check-support/trust/oidc-trust.ts';
import { trustChange } from '../check-support/remediation/trust-commands.ts';
import { type TrustSubject, statementEvidenceOf, rolesTrusting } from '../check-support/trust/trust-policies.ts';
import { type ExternalCaller, canCallerAssume, federatedCaller } from '../check-support/trust/external-caller.ts';

/** A problem of a trust policy: how the headline goes on after the name of the role, and the details. */
interface Problem {
  readonly headline: string;
  readonly details: string;
}

const problems = {
  anyone: ({ issuer, url }: OidcTrustedPrincipal): Problem => ({
    headline: `can be assumed by any ${issuer.name} ${issuer.tenant}`,
    details: `No condition on the tokens of ${url} restricts the ${issuer.tenant}.`,
  }),
  tenant: ({ issuer, url }: OidcTrustedPrincipal): Problem => ({
    headline: `can be assumed by any ${issuer.project ?? ''} of one ${issuer.name} ${issuer.tenant}`,
    details: `No condition on the tokens of ${url} restricts the ${issuer.project ?? ''}.`,
  }),
} as const;

const missing = (provider: string): Problem => ({
  headline: 'trusts an identity provider that does not exist',
  details: `A principal that is allowed to create ${provider} controls who can assume the role.`,
});

/** The issuer that is open, or else the first one, whose provider may not exist. The audiences of the providers are not known here. */
function toBeScoped({ trust, role }: TrustSubject, context: CheckContext): OidcTrustedPrincipal | undefined {
  if (trust.kind === 'malformed') return undefined;
  const all = oidcTrustedPrincipals(trust);
  const isOpen = (trusted: OidcTrustedPrincipal) =>
    openTo(trust, trusted, [], { caller: callerWithToken(trusted, context), role, context }) !== undefined;
  return all.find(isOpen) ?? all[0];
}

/** A caller that has a token of the issuer. */
const callerWithToken = ({ principal, url }: OidcTrustedPrincipal, context: CheckContext): ExternalCaller =>
  federatedCaller(principal, url, context);

export default defineCheck({
  id: 'oidc-trust-unscoped',
  title: 'OIDC role trust policies should restrict the token subject',
  severity: 'HIGH',
  rationale:
    'Most issuers of OIDC tokens for pipelines use one issuer URL for all their customers. Unless a condition restricts the organization and the repository by a claim, other customers can assume the role with their own tokens. The audience is no restriction, because the caller chooses it.',
  standards: { 'NIST 800-53 r5': 'AC-3, AC-6, IA-9', 'ISO 27001:2022': 'A.5.15, A.8.2', NIS2: 'Art. 21(2)(d), 21(2)(i)' },
  needs: ['identities', 'oidcProviders', 'access'],
  select: (facts): readonly (TrustSubject | UnseenProvider)[] => [...rolesTrusting(facts, isOidc), ...unseenProviders(facts)],
  judge: (subject, facts, context) => {
    if ('unseen' in subject) return unknown(subject.unseen);
    return judgeCallers(subject, context, (trust) => {
      const all = oidcTrustedPrincipals(trust);
      const open = all.flatMap((trusted) => {
        const caller = callerWithToken(trusted, context);
        const to = openTo(trust, trusted, clientIdsOf(facts, trusted.provider), { caller, role: subject.role, context });
        const isAssumable = canCallerAssume(trust, trusted, caller, subject.role, context);
        return to !== undefined && isAssumable ? [{ trusted, to }] : [];
      });
      const dangling = all.flatMap(({ provider = [] }) => provider).filter((provider) => !facts.oidcProviders.has(provider));
      // Without its provider AWS rejects a token, so a role with a missing provider cannot be assumed yet.
      const isEffective = ({ trusted }: (typeof open)[number]) => !dangling.includes(trusted.provider ?? '');
      const isFor = (level: 'anyone' | 'tenant') => (entry: (typeof open)[number]) => entry.to === level;
      const effective = open.filter(isEffective);
      const found = [
        ...[...effective.filter(isFor('anyone')), ...effective.filter(isFor('tenant'))].map(({ trusted, to }) =>
          problems[to](trusted),
        ),
        ...dangling.map(missing),
        ...open.filter((entry) => !isEffective(entry)).map(({ trusted, to }) => problems[to](trusted)),
      ];
      const [worst] = found;
      if (worst === undefined) return pass;
      return fail(`IAM role ${subject.role.name} ${worst.headline}`, {
        message: [...new Set(found.map(({ details }) => details))].join(' '),
        severity: effective.some(isFor('anyone')) ? 'CRITICAL' : 'HIGH',
        evidence: { statements: open.map(({ trusted }) => statementEvidenceOf(trusted)), dangling },
      });
    });
  },
  remediation: (subject, context) => {
    if ('unseen' in subject) return GRANT_ACCESS;
    const change = trustChange(subject.role);
    const trusted = toBeScoped(subject, context);
    if (trusted === undefined) return change;
    const { url, issuer } = trusted;
    const [claim = 'sub'] = Object.keys(issuer.claims);
    return `Require ${url}:${claim} with StringEquals, or with StringLike and a value that starts with fixed text (${issuer.docs}). Remove identity providers that do not exist from the trust policy. ${change}`;
  },
});
