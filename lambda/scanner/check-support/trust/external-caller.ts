import { isAccountId, parseArn } from '../../model/arn.ts';
import type { Role } from '../../facts/identity.ts';
import type { CompiledPolicy, CompiledStatement } from '../../policy/compile.ts';
import type { Truth } from '../../policy/conditions/condition.ts';
import type { Context, ContextValue } from '../../policy/context.ts';
import type { Condition, PrincipalElement, PrincipalEntry } from '../../policy/policy.ts';
import { matchResource } from '../../policy/resources.ts';
import type { TrustedPrincipal, AssumeRoleAction } from './trust-policies.ts';
import { type KeyChoice, keyChoices } from './caller-context.ts';
import type { AssumeRequest, ExternalCaller } from './external-caller-types.ts';

export type { ExternalCaller } from './external-caller-types.ts';

/** No account has this ID. */
const UNUSED_ACCOUNT = '000000000000';

/** A caller from any AWS account. */
export const anyAwsAccount: ExternalCaller = { account: UNUSED_ACCOUNT, knowsExternalId: false };

/**
 * A caller with a token or an assertion of an identity provider. `issuer` is how the keys of its claims begin. It is no IAM principal
 * until it has the role, and belongs to the account of the provider.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export const federatedCaller = (
  entry: PrincipalEntry,
  issuer: string,
  { accountId }: Pick<AssumeRequest['context'], 'accountId'>,
): ExternalCaller => ({ account: accountId, knowsExternalId: false, entry, issuer });

/**
 * Whether the caller can assume the role by the statement: it can meet every condition, and avoid every Deny of the trust policy and
 * of the RCPs that can be read.
 */
export function canCallerAssume(
  trust: CompiledPolicy,
  { statement, actions }: Pick<TrustedPrincipal, 'statement' | 'actions'>,
  caller: ExternalCaller,
  role: Role,
  context: AssumeRequest['context'],
): boolean {
  const request: AssumeRequest = { caller, role, context };
  if (!mayAllow(statement, request)) return false;
  return actions.some(
    (action) => !denialsOf(trust, action, request).some(({ isMet }) => isMet.every((met) => met)) && rcpsAllow(action, request),
  );
}

/** A Deny that is about the caller, the action and the role. */
export interface Denial {
  readonly conditions: readonly Condition[];
  /** For each condition, whether it is met whatever the caller does. If all are, the Deny applies. */
  readonly isMet: readonly boolean[];
}

/**
 * The Deny statements of the trust policy and of the RCPs that can be read. An RCP is about every caller, federated ones and services
 * included.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
export function denialsOf(trust: CompiledPolicy, action: AssumeRoleAction, request: AssumeRequest): readonly Denial[] {
  const ofTrust = trust.statements.filter(({ source: { principal } }) => covers(principal, request.caller));
  const ofRcps = readableRcps(request).flatMap((level) =>
    level.filter(({ resources }) => matchResource(resources, request.role.arn, fixedContext(request)) === true),
  );
  return [...ofTrust, ...ofRcps]
    .filter(({ source: { effect }, matchesActionName }) => effect === 'Deny' && matchesActionName(action))
    .map((statement) => ({
      conditions: statement.source.conditions,
      isMet: conditionOutcomes(statement, request).map((answers) => answers.every((truth) => truth === true)),
    }));
}

/** Whether each RCP level that can be read allows the action on the role, as far as no Deny is concerned. */
const rcpsAllow = (action: AssumeRoleAction, request: AssumeRequest): boolean =>
  readableRcps(request).every((level) =>
    level.some(
      (statement) =>
        statement.matchesActionName(action) &&
        matchResource(statement.resources, request.role.arn, fixedContext(request)) !== false &&
        mayAllow(statement, request),
    ),
  );

/** The statements of each level of RCPs. */
const readableRcps = ({ context }: AssumeRequest): readonly (readonly CompiledStatement[])[] =>
  context
    .account()
    .rcpLimits.flatMap(({ policies }) =>
      policies === 'unreadable' ? [] : [policies.flatMap(({ policy }) => policy.statements)],
    );

const mayAllow = (statement: CompiledStatement, request: AssumeRequest): boolean =>
  statement.source.effect === 'Allow' &&
  conditionOutcomes(statement, request).every((answers) => answers.some((truth) => truth !== false));

/** Whether a Deny applies to the caller, for any principal of its account that it may be. */
function covers(principal: PrincipalElement | undefined, caller: ExternalCaller): boolean {
  if (principal === undefined) return false;
  const names = (entry: PrincipalEntry) => namesCaller(entry, caller);
  return principal.negated ? !principal.entries.some(names) : principal.entries.some(names);
}

function namesCaller({ type, value, isAlone }: PrincipalEntry, { account, arn, entry }: ExternalCaller): boolean {
  if (isAlone) return true;
  if (type === entry?.type) return value === entry.value;
  if (type !== 'AWS' || entry?.type === 'Federated') return false;
  if (value === '*' || value === account || value === arn) return true;
  const named = parseArn(value);
  return named?.accountId === account && named.resource === 'root';
}

/** For each condition of the statement, the results that the caller can cause: it avoids a Deny by making one of them false. */
const conditionOutcomes = ({ source, conditions }: CompiledStatement, request: AssumeRequest): readonly (readonly Truth[])[] =>
  conditions.map((condition, index) => {
    const { key = '', values = [] } = source.conditions[index] ?? {};
    const asked = key.toLowerCase();
    return keyChoices(asked, values, request).map((choice) => condition(choiceContext(asked, choice, request)));
  });

/** The asked key has the chosen value. Other keys, which policy variables can use, are known only if there is no choice. */
const choiceContext =
  (asked: string, choice: KeyChoice, request: AssumeRequest): Context =>
  (key) =>
    key === asked ? valueOf(choice) : fixedContext(request)(key);

/** The keys that have one value, whatever the caller does. */
const fixedContext =
  (request: AssumeRequest): Context =>
  (key) => {
    const [only, ...others] = keyChoices(key, [], request);
    return only === undefined || others.length > 0 ? { state: 'unknown', controlledBy: 'caller' } : valueOf(only);
  };

function valueOf(choice: KeyChoice): ContextValue {
  if (choice === 'unknown') return { state: 'unknown', controlledBy: 'environment' };
  return choice === 'absent' ? { state: 'absent' } : { state: 'present', values: choice };
}

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
