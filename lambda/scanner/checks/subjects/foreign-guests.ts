import type { CheckContext } from '../../check.ts';
import type { Role } from '../../facts/identities.ts';
import type { Facts } from '../../facts/snapshot.ts';
import type { CompiledPolicy } from '../../policy/compile.ts';
import { type Guest, guests } from './trust.ts';
import { type Visitor, accountOf, letsIn, namedVisitor, stranger } from './visitors.ts';

/** A caller from another account that a trust policy allows. */
export interface ForeignGuest {
  readonly guest: Guest;
  readonly visitor: Visitor;
  /** Absent if it stands for more than one account. */
  readonly account?: string;
  /** How a sentence names it. */
  readonly label: string;
}

/** The facts that tell the owner's accounts from others. */
export const foreignFacts = ['identities', 'organization'] as const;

type ForeignFacts = Pick<Facts, (typeof foreignFacts)[number]>;

/** Whether a principal of a trust policy may belong to another account. */
export const mayBeForeign = ({ principal: { type } }: Guest): boolean => type === 'AWS';

/**
 * The callers from other accounts that the trust policy allows: the principals that it names and, if the principal is `*`, those that
 * its conditions name. A role that any account can assume has none: `role-trusts-anyone` reports it.
 */
export function foreignGuests(
  trust: CompiledPolicy,
  role: Role,
  { organization }: ForeignFacts,
  context: CheckContext,
): readonly ForeignGuest[] {
  const own = new Set([context.accountId, organization?.managementAccountId, ...context.own.ids]);
  return guests(trust)
    .filter(mayBeForeign)
    .flatMap((guest) => candidates(trust, guest).map((candidate) => ({ guest, ...candidate })))
    .filter(({ account = '', visitor }) => !own.has(account) && (visitor.organization ?? '') !== organization?.id)
    .filter(({ guest, visitor }) => letsIn(trust, guest, visitor, role, context))
    .filter(({ guest }) => guest.principal.value !== '*' || !letsIn(trust, guest, stranger, role, context));
}

function candidates(trust: CompiledPolicy, { principal }: Guest): readonly Omit<ForeignGuest, 'guest'>[] {
  const account = accountOf(principal);
  if (account !== undefined) return [{ account, label: `unknown account ${account}`, visitor: namedVisitor(principal, account) }];
  if (principal.value !== '*') return [];
  const insider: Visitor = { ...stranger, knowsExternalId: true };
  const text = trust.statements.flatMap(({ source }) => source.conditions.flatMap(({ values }) => values)).join(' ');
  return [
    ...found(text, /(?<!\d)\d{12}(?!\d)/g).map((id) => ({
      account: id,
      label: `unknown account ${id}`,
      visitor: { ...insider, account: id },
    })),
    ...found(text, /\bo-[a-z0-9]{10,32}\b/g).map((id) => ({
      label: `every account of unknown organization ${id}`,
      visitor: { ...insider, organization: id },
    })),
    { label: 'every account that knows the external ID, which is not a secret', visitor: insider },
  ];
}

const found = (text: string, pattern: RegExp): readonly string[] => [...new Set(text.match(pattern))];
