import { isAccountId, parseArn } from '../../model/arn.ts';
import type { CheckContext } from '../../check.ts';
import type { Role } from '../../facts/identities.ts';
import type { CompiledPolicy, CompiledStatement } from '../../policy/compile.ts';
import type { Truth } from '../../policy/conditions/condition.ts';
import type { Context, ContextValue } from '../../policy/context.ts';
import type { PrincipalElement, PrincipalEntry } from '../../policy/policy.ts';
import type { Guest, WayIn } from './trust.ts';
import { type Choice, type Visit, choicesOf } from './visitor-keys.ts';

/** Somebody at the door of a role: what is said of them, the others may choose freely. */
export interface Visitor {
  readonly account: string;
  /** The principal, where the trust policy names one; absent: any that the account cares to make. */
  readonly arn?: string;
  /** The Organization of the account; absent: another than the trust policy's, or none, as suits the visitor. */
  readonly organization?: string;
  /** Whether the visitor knows the external id that was agreed on. */
  readonly knowsExternalId: boolean;
  /** An AWS service that acts for somebody in the account, rather than a principal of it. */
  readonly isService?: boolean;
  /** Whether the service acts for the bearer of a certificate, whose names are not those that were meant. */
  readonly hasCertificate?: boolean;
  /** The OpenID Connect issuer whose token the visitor brings; what its claims say is judged apart. */
  readonly issuer?: string;
}

/** No account has this id. */
const NOBODYS_ACCOUNT = '000000000000';

/** Anybody who has an AWS account. */
export const stranger: Visitor = { account: NOBODYS_ACCOUNT, knowsExternalId: false };

/** Whether the statement lets the visitor in: no condition stops it that it cannot meet, and no Deny that it cannot dodge. */
export function letsIn(
  trust: CompiledPolicy,
  { statement, ways }: Pick<Guest, 'statement' | 'ways'>,
  visitor: Visitor,
  role: Role,
  context: Pick<CheckContext, 'accountId' | 'partition' | 'now'>,
): boolean {
  const visit: Visit = { visitor, role, context };
  if (!conditionsOf(statement, visit).every((answers) => answers.some((truth) => truth !== false))) return false;
  return ways.some((way) => !trust.statements.some((other) => surelyDenies(other, way, visit)));
}

/** A Deny is dodged by making one of its conditions untrue. */
const surelyDenies = (statement: CompiledStatement, way: WayIn, visit: Visit): boolean =>
  statement.source.effect === 'Deny' &&
  statement.matchesActionName(way) &&
  covers(statement.source.principal, visit.visitor) &&
  conditionsOf(statement, visit).every((answers) => answers.every((truth) => truth === true));

/** Whether a Deny is about the visitor, whoever of its account it is. */
function covers(principal: PrincipalElement | undefined, visitor: Visitor): boolean {
  if (principal === undefined) return false;
  const names = (entry: PrincipalEntry) => namesVisitor(entry, visitor);
  return principal.negated ? !principal.entries.some(names) : principal.entries.some(names);
}

function namesVisitor({ type, value }: PrincipalEntry, { account, arn }: Visitor): boolean {
  if (type !== 'AWS') return false;
  if (value === '*' || value === account || value === arn) return true;
  const named = parseArn(value);
  return named?.accountId === account && named.resource === 'root';
}

/** For each condition of the statement, the answers that the visitor can bring about. */
const conditionsOf = ({ source, conditions }: CompiledStatement, visit: Visit): readonly (readonly Truth[])[] =>
  conditions.map((condition, index) => {
    const { key = '', values = [] } = source.conditions[index] ?? {};
    const asked = key.toLowerCase();
    return choicesOf(asked, values, visit).map((choice) => condition(contextOf(asked, choice, visit)));
  });

/** The one key as chosen; others, which variables can ask for, where there is no choice. */
const contextOf =
  (asked: string, choice: Choice, visit: Visit): Context =>
  (key) => {
    if (key === asked) return valueOf(choice);
    const [only, ...others] = choicesOf(key, [], visit);
    return only === undefined || others.length > 0 ? { state: 'unknown', controlledBy: 'caller' } : valueOf(only);
  };

const valueOf = (choice: Choice): ContextValue =>
  choice === 'absent' ? { state: 'absent' } : { state: 'present', values: choice };

/** The account that a principal of type `AWS` belongs to; undefined for `*` and for what is left of a deleted principal. */
export function accountOf({ type, value }: PrincipalEntry): string | undefined {
  if (type !== 'AWS') return undefined;
  return isAccountId(value) ? value : parseArn(value)?.accountId;
}

/** The visitor for whom a principal of type `AWS` of an account stands, who knows the external id that was agreed on. */
export function namedVisitor({ value }: PrincipalEntry, account: string): Visitor {
  const arn = parseArn(value);
  // A session of a role has the ARN of the role, whose path the session's own does not tell.
  const isOne = arn?.service === 'iam' && arn.resource !== 'root';
  return { account, knowsExternalId: true, ...(isOne ? { arn: value } : {}) };
}
