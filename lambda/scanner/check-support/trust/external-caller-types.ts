import type { CheckContext } from '../../check.ts';
import type { PrincipalEntry } from '../../policy/policy.ts';
import type { Role } from '../../facts/identity.ts';

/** A caller that tries to assume a role: what is fixed about it. It chooses everything else freely. */
export interface ExternalCaller {
  readonly account: string;
  /** The principal, if the trust policy names one; absent: any principal that the account can create. */
  readonly arn?: string;
  /** The organization of the account; absent: a different one than the trust policy names, or none, whichever helps the caller. */
  readonly organization?: string;
  /** Whether the caller knows the agreed external ID. */
  readonly knowsExternalId: boolean;
  /** Whether it is an AWS service that acts for the account, rather than a principal of the account. */
  readonly isService?: boolean;
  /** Whether the service acts for the holder of a certificate with other names than the intended ones. */
  readonly hasCertificate?: boolean;
  /** The principal by which policies name a federated caller or a service. */
  readonly entry?: PrincipalEntry;
  /** The OpenID Connect issuer whose token the caller has. What its claims say is judged separately. */
  readonly issuer?: string;
}

/** One attempt to assume a role: by which caller, which role, and when. */
export interface AssumeRequest {
  readonly caller: ExternalCaller;
  readonly role: Role;
  readonly context: Pick<CheckContext, 'accountId' | 'partition' | 'now' | 'account'>;
}
