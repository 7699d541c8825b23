import { isAccountId, parseArn } from '../../model/arn.ts';
import type { CheckContext } from '../../check.ts';
import type { Role } from '../../facts/identity.ts';
import type { CompiledPolicy, CompiledStatement } from '../../policy/compile.ts';
import type { Truth } from '../../policy/conditions/condition.ts';
import type { Context, ContextValue } from '../../policy/context.ts';
import type { PrincipalElement, PrincipalEntry } from '../../policy/policy.ts';
import type { TrustedPrincipal, AssumeRoleAction } from './trust-policies.ts';
import { type KeyChoice, keyChoices } from './caller-context.ts';
import type { AssumeRequest, ExternalCaller } from './external-caller-types.ts';

export type { ExternalCaller } from './external-caller-types.ts';

/** No account has this ID. */
const UNUSED_ACCOUNT = '000000000000';

/** A caller from any AWS account. */
export const anyAwsAccount: ExternalCaller = { account: UNUSED_ACCOUNT, knowsExternalId: false };

/** Whether the caller can assume the role by the statement: it can meet every condition, and avoid every Deny. */
export function canCallerAssume(
  trust: CompiledPolicy,
  { statement, actions }: Pick<TrustedPrincipal, 'statement' | 'actions'>,
  caller: ExternalCaller,
  role: Role,
  context: Pick<CheckContext, 'accountId' | 'partition' | 'now'>,
): boolean {
  const request: AssumeRequest = { caller, role, context };
  if (!conditionOutcomes(statement, request).every((answers) => answers.some((truth) => truth !== false))) return false;
  return actions.some((action) => !trust.statements.some((other) => surelyDenies(other, action, request)));
}

/** The caller avoids a Deny by making one of its conditions false. */
const surelyDenies = (statement: CompiledStatement, action: AssumeRoleAction, request: AssumeRequest): boolean =>
  statement.source.effect === 'Deny' &&
  statement.matchesActionName(action) &&
  covers(statement.source.principal, request.caller) &&
  conditionOutcomes(statement, request).every((answers) => answers.every((truth) => truth === true));

/** Whether a Deny applies to the caller, for any principal of its account that it may be. */
function covers(principal: PrincipalElement | undefined, caller: ExternalCaller): boolean {
  if (principal === undefined) return false;
  const names = (entry: PrincipalEntry) => namesCaller(entry, caller);
  return principal.negated ? !principal.entries.some(names) : principal.entries.some(names);
}

function namesCaller({ type, value }: PrincipalEntry, { account, arn }: ExternalCaller): boolean {
  if (type !== 'AWS') return false;
  if (value === '*' || value === account || value === arn) return true;
  const named = parseArn(value);
  return named?.accountId === account && named.resource === 'root';
}

/** For each condition of the statement, the results that the caller can cause. */
const conditionOutcomes = ({ source, conditions }: CompiledStatement, request: AssumeRequest): readonly (readonly Truth[])[] =>
  conditions.map((condition, index) => {
    const { key = '', values = [] } = source.conditions[index] ?? {};
    const asked = key.toLowerCase();
    return keyChoices(asked, values, request).map((choice) => condition(choiceContext(asked, choice, request)));
  });

/** The asked key has the chosen value. Other keys, which policy variables can use, are known only if there is no choice. */
const choiceContext =
  (asked: string, choice: KeyChoice, request: AssumeRequest): Context =>
  (key) => {
    if (key === asked) return valueOf(choice);
    const [only, ...others] = keyChoices(key, [], request);
    return only === undefined || others.length > 0 ? { state: 'unknown', controlledBy: 'caller' } : valueOf(only);
  };

const valueOf = (choice: KeyChoice): ContextValue =>
  choice === 'absent' ? { state: 'absent' } : { state: 'present', values: choice };

/** The account that a principal of type `AWS` belongs to; undefined for `*` and for the ID of a deleted principal. */
export function accountOfEntry({ type, value }: PrincipalEntry): string | undefined {
  if (type !== 'AWS') return undefined;
  return isAccountId(value) ? value : parseArn(value)?.accountId;
}

/** The caller that a principal of type `AWS` of an account means. It knows the agreed external ID. */
export function namedCaller({ value }: PrincipalEntry, account: string): ExternalCaller {
  const arn = parseArn(value);
  // A session matches the ARN of its role. The ARN of the session does not contain the path of the role.
  const isOne = arn?.service === 'iam' && arn.resource !== 'root';
  return { account, knowsExternalId: true, ...(isOne ? { arn: value } : {}) };
}
