import type { Account } from '../iam/account.ts';
import { type RolePrincipal, isServiceLinked } from '../iam/principal.ts';
import { givenValue } from '../iam/request-context.ts';
import { targetContextKeys } from '../iam/target-keys.ts';
import { namesAccount } from '../iam/trust-policy.ts';
import { isAccountId, parseArn } from '../model/arn.ts';
import { ifCollected } from '../model/observed.ts';
import { matchResource } from '../policy/decide.ts';
import type { Context } from '../policy/context.ts';
import { controllerOf } from '../policy/global-keys.ts';
import type { PrincipalEntry } from '../policy/policy.ts';
import type { ExternallyAssumableRole, ResidualLimit, ResidualPolicy } from './edges.ts';
import { isAboutAssuming, partialEvaluate, partialEvaluatePolicy, residualLimits } from './assume-role-policy.ts';

/** The externally assumable roles: roles whose trust policy allows principals of other accounts, as far as it can be read. */
export const externallyAssumableRoles = (account: Account): readonly ExternallyAssumableRole[] =>
  account.principals.flatMap((principal) =>
    principal.kind === 'role' && !isServiceLinked(principal) ? (externallyAssumable(account, principal) ?? []) : [],
  );

function externallyAssumable(account: Account, role: RolePrincipal): ExternallyAssumableRole | undefined {
  const compiled = account.trusts.get(role.arn);
  if (compiled === undefined) return undefined;
  const context = contextOfRole(account, role);
  const { statements, ...trust } = partialEvaluatePolicy(compiled, `trust:${role.arn}`, context);
  const kept = statements.flatMap((statement) => {
    const entries = statement.principal?.entries.filter(({ type }) => type === 'AWS') ?? [];
    return statement.principal && entries.length > 0 ? { ...statement, principal: { ...statement.principal, entries } } : [];
  });
  const isForeign = (entry: PrincipalEntry) => mayBeExternal(entry, account);
  const isAssumable = kept.some(
    (statement) =>
      statement.effect === 'Allow' &&
      isAboutAssuming(statement) &&
      (statement.principal.negated || statement.principal.entries.some(isForeign)),
  );
  return isAssumable
    ? { role: role.arn, trust: { ...trust, statements: kept }, limits: limitsOn(account, role, context) }
    : undefined;
}

const mayBeExternal = (entry: PrincipalEntry, account: Account): boolean => {
  if (entry.value === '*') return true;
  const accountId = isAccountId(entry.value) ? entry.value : parseArn(entry.value)?.accountId;
  return accountId !== undefined && accountId !== account.accountId && !namesAccount(entry, account);
};

const limitsOn = ({ rcpLimits }: Account, role: RolePrincipal, context: Context): readonly ResidualLimit[] =>
  residualLimits(rcpLimits, (policies) =>
    partialEvaluate(policies, context).map((policy) => aboutRole(policy, role, policies, context)),
  );

/** The statements of an RCP that apply to this role, with the resource already evaluated. */
function aboutRole(
  side: ResidualPolicy,
  role: RolePrincipal,
  policies: Parameters<typeof partialEvaluate>[0],
  context: Context,
): ResidualPolicy {
  const compiled = policies.find(({ origin }) => origin === side.origin)?.policy;
  return {
    ...side,
    statements: side.statements.flatMap(({ resource, ...statement }) => {
      const resources = compiled?.statements.find(({ source }) => source.index === statement.index)?.resources;
      const match = resources === undefined || matchResource(resources, role.arn, context);
      if (match === false) return [];
      return match === true || resource === undefined ? statement : { ...statement, resource };
    }),
  };
}

/** The request context of assuming the role that is the same for every caller. */
function contextOfRole({ accountId, facts: { organization } }: Account, role: RolePrincipal): Context {
  const about = targetContextKeys(role);
  const known = ifCollected(organization);
  const own: Readonly<Record<string, string | undefined>> = {
    'aws:resourceaccount': accountId,
    'aws:resourceorgid': known?.id,
    'aws:resourceorgpaths': known?.path,
  };
  return (key) => {
    const value = own[key];
    if (value !== undefined) return { state: 'present', values: [value] };
    const tag = key.includes(':resourcetag/') ? about(key) : undefined;
    if (tag === undefined) return { state: 'unknown', controlledBy: controllerOf(key) };
    return givenValue(tag);
  };
}
