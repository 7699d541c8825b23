import type { CheckContext } from '../../check.ts';
import type { Role } from '../../facts/identity.ts';
import type { Facts } from '../../facts/snapshot.ts';
import type { CompiledPolicy } from '../../policy/compile.ts';
import { type TrustedPrincipal, trustedPrincipals } from './trust-policies.ts';
import { type ExternalCaller, accountOfEntry, canCallerAssume, namedCaller, anyAwsAccount } from './external-caller.ts';

/** A caller from another account that a trust policy allows. */
export interface ExternalPrincipal {
  readonly trusted: TrustedPrincipal;
  readonly caller: ExternalCaller;
  /** Absent if it stands for more than one account. */
  readonly account?: string;
  /** How a sentence names it. */
  readonly label: string;
}

/** The facts that tell the owner's accounts from others. */
export const externalPrincipalFacts = ['identities', 'organization'] as const;

type ForeignFacts = Pick<Facts, (typeof externalPrincipalFacts)[number]>;

/** Whether a principal of a trust policy may belong to another account. */
export const mayBeExternalAccount = ({ principal: { type } }: TrustedPrincipal): boolean => type === 'AWS';

/** `*` alone and as an AWS principal mean the same. Federated principals need a token, and are judged elsewhere. */
export const isAnyone = ({ principal: { type, value } }: TrustedPrincipal): boolean => type === 'AWS' && value === '*';

/**
 * The callers from other accounts that the trust policy allows: the principals that it names and, if the principal is `*`, those that
 * its conditions name. A role that any account can assume has none: `role-trusts-anyone` reports it.
 */
export function externalPrincipals(
  trust: CompiledPolicy,
  role: Role,
  { organization }: ForeignFacts,
  context: CheckContext,
): readonly ExternalPrincipal[] {
  const own = new Set([context.accountId, organization?.managementAccountId, ...context.own.ids]);
  return trustedPrincipals(trust)
    .filter(mayBeExternalAccount)
    .flatMap((trusted) => candidates(trust, trusted).map((candidate) => ({ trusted, ...candidate })))
    .filter(({ account = '', caller }) => !own.has(account) && (caller.organization ?? '') !== organization?.id)
    .filter(({ trusted, caller }) => canCallerAssume(trust, trusted, caller, role, context))
    .filter(({ trusted }) => trusted.principal.value !== '*' || !canCallerAssume(trust, trusted, anyAwsAccount, role, context));
}

function candidates(trust: CompiledPolicy, { principal }: TrustedPrincipal): readonly Omit<ExternalPrincipal, 'trusted'>[] {
  const account = accountOfEntry(principal);
  if (account !== undefined) return [{ account, label: `unknown account ${account}`, caller: namedCaller(principal, account) }];
  if (principal.value !== '*') return [];
  const insider: ExternalCaller = { ...anyAwsAccount, knowsExternalId: true };
  const text = trust.statements.flatMap(({ source }) => source.conditions.flatMap(({ values }) => values)).join(' ');
  return [
    ...found(text, /(?<!\d)\d{12}(?!\d)/g).map((id) => ({
      account: id,
      label: `unknown account ${id}`,
      caller: { ...insider, account: id },
    })),
    ...found(text, /\bo-[a-z0-9]{10,32}\b/g).map((id) => ({
      label: `every account of unknown organization ${id}`,
      caller: { ...insider, organization: id },
    })),
    { label: 'every account that knows the external ID, which is not a secret', caller: insider },
  ];
}

const found = (text: string, pattern: RegExp): readonly string[] => [...new Set(text.match(pattern))];
