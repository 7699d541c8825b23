import { limitsOf } from '../../iam/authorization.ts';
import type { Principal } from '../../iam/principal.ts';

/** The policies of a principal, its permissions boundary and its SCPs included, whose content is not known. */
export const unreadPolicies = (principal: Principal): readonly string[] => [
  ...principal.unreadable,
  ...limitsOf(principal).flatMap(({ kind, name, policies }) =>
    policies === 'unreadable' ? [kind === 'permissions-boundary' ? name : `the ${kind.toUpperCase()}s ${name}`] : [],
  ),
];
