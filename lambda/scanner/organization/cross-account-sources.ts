import type { Account } from '../iam/account.ts';
import { type Principal, isServiceLinked } from '../iam/principal.ts';
import { limitsOf } from '../iam/authorization.ts';
import { requestContext } from '../iam/request-context.ts';
import { ASSUME_ROLE } from '../iam/trust-policy.ts';
import { parseArn } from '../model/arn.ts';
import type { Context } from '../policy/context.ts';
import { controllerOf } from '../policy/global-keys.ts';
import type { PatternSet } from '../policy/policy.ts';
import type { CrossAccountSource, ResidualLimit } from './edges.ts';
import { syntheticAdmin, syntheticAdminKeys } from './synthetic-admin.ts';
import { isAboutAssuming, partialEvaluate, partialEvaluatePolicy, residualLimits } from './assume-role-policy.ts';

/** The cross-account principals: their own policies may allow them to assume roles of other accounts. */
export const crossAccountSources = (account: Account): readonly CrossAccountSource[] =>
  account.principals.flatMap((principal) => (isServiceLinked(principal) ? [] : (crossAccountSource(account, principal) ?? [])));

/** The principal as a cross-account principal; `hasOpenTags`: whether conditions on its tags are left open. */
export function crossAccountSource(
  account: Account,
  principal: Principal,
  { hasOpenTags = false } = {},
): CrossAccountSource | undefined {
  const context = sourceContext(account, principal, hasOpenTags);
  const policies = partialEvaluate(principal.policies, context);
  const mayCross = policies.some(({ statements }) =>
    statements.some(
      (statement) =>
        statement.effect === 'Allow' && isAboutAssuming(statement) && mayNameOtherAccount(statement.resource, account.accountId),
    ),
  );
  return mayCross ? { principal: principal.arn, policies, limits: limits(principal, context) } : undefined;
}

/** Equal for sources that may assume the same roles. */
export const sideOfSource = (source: CrossAccountSource | undefined): string =>
  JSON.stringify([source?.policies, source?.limits]);

/** The limits on a role that an admin of the account creates, with a name and tags of its choice (the synthetic admin). */
export function syntheticAdminLimits(account: Account): Pick<CrossAccountSource, 'limits'> {
  const synthetic = syntheticAdmin(account, syntheticAdminKeys);
  return { limits: limits(synthetic, sourceContext(account, synthetic)) };
}

/** Whether the element covers any resource of another account. */
function mayNameOtherAccount(resource: PatternSet | undefined, accountId: string): boolean {
  if (resource === undefined || resource.negated) return true;
  return resource.patterns.some((pattern) => parseArn(pattern)?.accountId !== accountId);
}

/** A policy that says nothing about assumptions stays: where too little is allowed, it can be rewritten. */
const limits = (principal: Principal, context: Context): readonly ResidualLimit[] =>
  residualLimits(limitsOf(principal), (policies) =>
    policies.map(({ policy, origin }) => partialEvaluatePolicy(policy, origin, context)),
  );

/** The request context of the principal for a role of another account; nothing is known of the role. */
function sourceContext(account: Account, principal: Principal, hasOpenTags = false): Context {
  const own = requestContext(account, principal, ASSUME_ROLE);
  const isOpen = (key: string) =>
    /^aws:resource|:resourcetag\//.test(key) || (hasOpenTags && key.startsWith('aws:principaltag/'));
  return (key) => (isOpen(key) ? { state: 'unknown', controlledBy: controllerOf(key) } : own(key));
}
