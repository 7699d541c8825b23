import type { CheckContext } from '../../check.ts';
import type { Role } from '../../facts/identities.ts';
import type { Facts } from '../../facts/snapshot.ts';
import type { CompiledPolicy } from '../../policy/compile.ts';
import { type Guest, guests } from './trust.ts';
import { type Visitor, accountOf, letsIn, namedVisitor, stranger } from './visitors.ts';

/** Somebody of another account whom a trust policy lets in. */
export interface ForeignGuest {
  readonly guest: Guest;
  readonly visitor: Visitor;
  /** Absent where it is more than one account. */
  readonly account?: string;
  /** What a sentence calls it. */
  readonly label: string;
}

/** The facts that tell one's own accounts from others. */
export const foreignFacts = ['identities', 'organization'] as const;

type ForeignFacts = Pick<Facts, (typeof foreignFacts)[number]>;

/** Whether a principal of a trust policy may be one of another account. */
export const mayBeForeign = ({ principal: { type } }: Guest): boolean => type === 'AWS';

/**
 * Those from other accounts whom the trust policy lets in: principals that it names, and where the principal is `*`, whom its
 * conditions leave. A role that lets in simply everybody has no foreign guests, and is judged for that.
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
  if (account !== undefined) return [{ account, label: `account ${account}`, visitor: namedVisitor(principal, account) }];
  if (principal.value !== '*') return [];
  const insider: Visitor = { ...stranger, knowsExternalId: true };
  const text = trust.statements.flatMap(({ source }) => source.conditions.flatMap(({ values }) => values)).join(' ');
  return [
    ...found(text, /(?<!\d)\d{12}(?!\d)/g).map((id) => ({
      account: id,
      label: `account ${id}`,
      visitor: { ...insider, account: id },
    })),
    ...found(text, /\bo-[a-z0-9]{10,32}\b/g).map((id) => ({
      label: `every account of Organization ${id}`,
      visitor: { ...insider, organization: id },
    })),
    { label: 'every account that knows the external id, which is no secret', visitor: insider },
  ];
}

const found = (text: string, pattern: RegExp): readonly string[] => [...new Set(text.match(pattern))];
