import { defineCheck, fail, pass, unknown } from '../check.ts';
import { type UnseenProvider, clientIdsOf, unseenProviders } from './subjects/oidc-providers.ts';
import { type OidcGuest, isOidc, oidcGuests, openTo } from './subjects/oidc-trust.ts';
import { trustChange } from './subjects/trust-commands.ts';
import { type TrustSubject, judgeTrust, placeOf, rolesWithGuests } from './subjects/trust.ts';
import { letsIn, stranger } from './subjects/visitors.ts';
import { listed } from './subjects/wording.ts';

const problems = {
  anybody: ({ issuer, url }: OidcGuest) =>
    `anybody who has ${issuer.name} issue a token (${url}): no condition fixes the ${issuer.tenant}`,
  tenant: ({ issuer, url }: OidcGuest) => `every ${issuer.project ?? ''} of the ${issuer.tenant} (${url})`,
} as const;

/** An issuer that is open, or else the first, whose provider may be gone. Which audiences the providers take is not known here. */
function toBeScoped({ trust }: TrustSubject): OidcGuest | undefined {
  if (trust.kind === 'malformed') return undefined;
  const all = oidcGuests(trust);
  return all.find((guest) => openTo(trust, guest, []) !== undefined) ?? all[0];
}

export default defineCheck({
  id: 'oidc-trust-unscoped',
  title: 'Roles for OpenID Connect name whose tokens they take',
  severity: 'HIGH',
  rationale:
    'Most issuers of tokens for pipelines serve all their customers under one name. Unless the trust policy fixes the organization and the repository by a claim, others come in with tokens of their own. The audience is chosen by the one who asks for the token, and fixes nothing.',
  standards: { 'NIST 800-53 r5': 'AC-3, AC-6, IA-9', 'ISO 27001:2022': 'A.5.15, A.8.2', NIS2: 'Art. 21(2)(d), 21(2)(i)' },
  needs: ['identities', 'oidcProviders'],
  select: (facts): readonly (TrustSubject | UnseenProvider)[] => [...rolesWithGuests(facts, isOidc), ...unseenProviders(facts)],
  judge: (subject, facts, context) => {
    if ('unseen' in subject) return unknown(subject.unseen);
    return judgeTrust(subject, (trust) => {
      const all = oidcGuests(trust);
      const open = all.flatMap((guest) => {
        const to = openTo(trust, guest, clientIdsOf(facts, guest.provider));
        const comesIn = letsIn(trust, guest, { ...stranger, issuer: guest.url }, subject.role, context);
        return to !== undefined && comesIn ? [{ guest, to }] : [];
      });
      const dangling = all.flatMap(({ provider = [] }) => provider).filter((provider) => !facts.oidcProviders.has(provider));
      if (open.length === 0 && dangling.length === 0) return pass;
      const found = [
        ...open.map(({ guest, to }) => `lets in ${problems[to](guest)}`),
        ...dangling.map((provider) => `trusts ${provider}, which does not exist: whoever may make it decides who comes in`),
      ];
      // Without its provider a token is not taken, so a dangling one lets in nobody yet.
      const isAnybody = open.some(({ guest, to }) => to === 'anybody' && !dangling.includes(guest.provider ?? ''));
      return fail(`Role ${subject.role.name} ${listed([...new Set(found)])}.`, {
        severity: isAnybody ? 'CRITICAL' : 'HIGH',
        evidence: { statements: open.map(({ guest }) => placeOf(guest)), dangling },
      });
    });
  },
  remediation: (subject) => {
    if ('unseen' in subject) return 'Let the scan see the identity provider.';
    const change = trustChange(subject.role);
    const guest = toBeScoped(subject);
    if (guest === undefined) return change;
    const { url, issuer } = guest;
    const [claim = 'sub'] = Object.keys(issuer.claims);
    return `Require ${url}:${claim} with StringEquals, or with StringLike after a fixed beginning (${issuer.docs}); take out a provider that is gone. ${change}`;
  },
});
