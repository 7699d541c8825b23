import { commercialForm } from '../../policy/service-principal.ts';
import { isUnknownService } from '../../techniques/unknown/known-services.ts';
import type { TrustedPrincipal } from './trust-policies.ts';

/** The services, in their commercial form, that these principals are and that are in no table of iam-vigil, each once. */
export const unknownServices = (trusted: readonly TrustedPrincipal[]): readonly string[] => {
  const services = trusted.flatMap(({ principal: { type, value } }) => (type === 'Service' ? [commercialForm(value)] : []));
  return [...new Set(services)].filter(isUnknownService).sort();
};
