import { type CheckContext, type Judgement, type Subject, fail, pass, unknown } from '../../check.ts';
import type { SamlProvider } from '../../facts/saml-providers.ts';
import { DAY, type Instant } from '../../model/instant.ts';
import type { Facts } from '../../facts/snapshot.ts';
import type { Observed } from '../../model/observed.ts';
import { type TrustedPrincipal, type TrustSubject, trustedPrincipals, statementEvidenceOf } from './trust-policies.ts';
import { judgeCallers } from './judge-callers.ts';
import { canCallerAssume, federatedCaller } from './external-caller.ts';
import { formatDay } from '../wording/wording.ts';

/** A SAML identity provider of the account. */
export interface SamlSubject extends Subject {
  readonly provider: Observed<SamlProvider>;
}

/** The SAML identity providers of the account. */
export const samlSubjects = ({ samlProviders }: Pick<Facts, 'samlProviders'>): readonly SamlSubject[] =>
  [...samlProviders].map(([arn, provider]) => ({
    resource: { type: 'AwsIamIdentityProvider', arn, name: arn.split('/').at(-1) ?? arn, id: arn },
    provider,
  }));

/** Whether a principal of a trust policy is a SAML identity provider. */
export const isSaml = ({ principal: { type, value }, actions }: TrustedPrincipal): boolean =>
  type === 'Federated' && value.includes(':saml-provider/') && actions.includes('sts:AssumeRoleWithSAML');

/** Whether the role accepts only assertions that were issued for AWS. Those for another service have a different audience. */
export const judgeAudience = (subject: TrustSubject, context: CheckContext): Judgement =>
  judgeCallers(subject, context, (trust) => {
    const canAssume = (trusted: TrustedPrincipal) =>
      canCallerAssume(trust, trusted, federatedCaller(trusted.principal, 'saml', context), subject.role, context);
    const open = trustedPrincipals(trust).filter((trusted) => isSaml(trusted) && canAssume(trusted));
    if (open.length === 0) return pass;
    return fail(`IAM role ${subject.role.name} does not restrict SAML:aud`, {
      message: 'It accepts SAML assertions that the identity provider issued for other services.',
      evidence: { statements: open.map(statementEvidenceOf) },
    });
  });

/** Whether the metadata stays valid for this number of days. */
export function judgeMetadata({ resource, provider }: SamlSubject, now: Instant, expiryDays: number): Judgement {
  if (provider.status === 'unavailable') return unknown(provider.reason);
  const { validUntil } = provider.value;
  if (validUntil === undefined || validUntil - now > expiryDays * DAY) return pass;
  const isExpired = validUntil <= now;
  return fail(`The metadata of SAML provider ${resource.name} ${isExpired ? 'expired' : 'expires'} on ${formatDay(validUntil)}`, {
    message: isExpired
      ? 'Sign-in with this provider fails until the metadata is replaced.'
      : 'Sign-in with this provider fails after that date, unless the metadata is replaced.',
    evidence: { validUntil: formatDay(validUntil) },
  });
}
