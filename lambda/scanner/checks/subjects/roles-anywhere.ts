import type { Facts } from '../../model/snapshot.ts';
import { type Guest, type TrustSubject, guests, trustSubjects } from './trust.ts';

/** Whether a principal of a trust policy is IAM Roles Anywhere, which comes for the bearer of a certificate. */
export const isRolesAnywhere = ({ principal: { type, value } }: Guest): boolean =>
  type === 'Service' && value === 'rolesanywhere.amazonaws.com';

/** The roles whose trust policy lets IAM Roles Anywhere in. */
export const rolesForCertificates = (facts: Pick<Facts, 'identities'>): readonly TrustSubject[] =>
  trustSubjects(facts).filter(({ trust }) => trust.kind !== 'malformed' && guests(trust).some(isRolesAnywhere));
