import type { CheckContext } from '../../check.ts';
import type { Role, User } from '../../facts/identity.ts';
import { isLowerThan } from '../../model/environment.ts';
import type { PrincipalReach } from '../../model/reach.ts';
import type { Severity } from '../../model/severity.ts';
import { compileDocument, createVocabulary } from '../../policy/compile.ts';
import { isServiceOfPeople } from '../../policy/service-principal.ts';
import { trustedPrincipals } from '../trust/trust-policies.ts';

const vocabulary = createVocabulary(['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity']);

/**
 * Whether a stolen credential of the principal is enough: it is a workload or has access keys, or it is a person without hardware
 * MFA. What the identity provider of a federated person asks for is not known, and does not count.
 */
export function isEasilyStolen(identity: User | Role, { keys, hasHardwareMfa = false }: PrincipalReach): boolean {
  if (!('trustPolicy' in identity)) return keys.length > 0 || !hasHardwareMfa;
  const policy = compileDocument(identity.trustPolicy, vocabulary);
  return policy.kind === 'compiled' && trustedPrincipals(policy).some(({ principal }) => isWorkload(principal));
}

/** An AWS service through which no person signs in, or an identity provider that signs in programs. */
const isWorkload = ({ type, value }: { readonly type: string; readonly value: string }): boolean =>
  (type === 'Service' && !isServiceOfPeople(value)) || (type === 'Federated' && value.includes(':oidc-provider/'));

/** From where to where. */
export interface Crossing {
  readonly home: string;
  /** The other accounts, at least one. */
  readonly others: readonly string[];
  readonly managementAccountId: string | undefined;
  readonly isEasilyStolen: boolean;
}

/** Whether the home account is in a lower environment than one of these accounts. */
export const comesFromBelow = (
  { home, others }: Pick<Crossing, 'home' | 'others'>,
  { environmentOf }: Pick<CheckContext, 'environmentOf'>,
): boolean => others.some((account) => isLowerThan(environmentOf(home), environmentOf(account)));

/**
 * The severity of admin access to other accounts. The management account controls all others. A lower environment, a workload, and
 * a person without hardware MFA are the easiest to take over.
 */
export function severityOfCrossing(crossing: Crossing, context: Pick<CheckContext, 'environmentOf'>): Severity {
  const { others, managementAccountId } = crossing;
  const isFromBelow = comesFromBelow(crossing, context);
  const isExposed = isFromBelow || crossing.isEasilyStolen;
  if (managementAccountId !== undefined && others.includes(managementAccountId)) return isExposed ? 'CRITICAL' : 'HIGH';
  if (others.length === 1) return isExposed ? 'HIGH' : 'MEDIUM';
  const inProduction = others.filter((account) => context.environmentOf(account) === 'production').length;
  return isFromBelow && inProduction > 1 ? 'CRITICAL' : 'HIGH';
}
