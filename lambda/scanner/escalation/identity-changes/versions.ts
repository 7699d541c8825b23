import { type Account, fullAccess, hasDeny } from '../../iam/account.ts';
import { mayAllow } from '../../iam/action-prefilter.ts';
import { type AuthorizationResult, refused, unique } from '../../iam/authorization-result.ts';
import { type Principal, withBoundary } from '../../iam/principal.ts';
import type { CompiledPolicy } from '../../policy/compile.ts';
import { canRestoreVersion, canRewrite, dormantVersions } from '../../techniques/iam/policy-versions.ts';
import { type IdentityChange, techniqueFor } from './identity-change.ts';

const REWRITE = 'iam:CreatePolicyVersion';
const RESTORE = 'iam:SetDefaultPolicyVersion';

/** New versions, with full access, of the policies that an identity has, its permissions boundary included. */
export const rewrites = (account: Account, by: Principal, on: Principal): readonly IdentityChange[] =>
  mayAllow(by, REWRITE)
    ? customerManaged(on).map((arn) => ({
        key: `${REWRITE} ${arn}`,
        technique: techniqueFor(REWRITE, 'iam-001', `Create a default version with administrator access of ${arn}`),
        answer: (by, on) => (customerManaged(on).includes(arn) ? canRewrite(account, by, arn) : refused()),
        ofPolicy: true as const,
        apply: (on: Principal) => withVersion(on, arn, undefined),
      }))
    : [];

/** Older versions of these policies. What the version of today allows may go with it. */
export const restorations = (account: Account, by: Principal, on: Principal): readonly IdentityChange[] =>
  mayAllow(by, RESTORE)
    ? customerManaged(on).flatMap((arn) =>
        dormantVersions(account, arn).map(({ id, policy }): IdentityChange => ({
          // The identity may get the policy once more after that.
          key: `${RESTORE} ${arn} ${id} ${usesOf(on, arn, policy)}`,
          technique: techniqueFor(RESTORE, undefined, `Set ${arn} back to ${id}`),
          mayLose: true,
          ofPolicy: true,
          answer: (by, on) => (usesOf(on, arn, policy) > 0 ? canRestoreVersion(account, by, arn) : refused()),
          apply: (on) => withVersion(on, arn, policy),
        })),
      )
    : [];

/** How often the identity has the policy in another version. */
const usesOf = ({ policies, boundary }: Principal, arn: string, version: CompiledPolicy): number =>
  policies.filter(({ origin, policy }) => origin === arn && policy !== version).length +
  (boundary?.name === arn && (boundary.policies === 'unreadable' || boundary.policies[0]?.policy !== version) ? 1 : 0);

/** A change to a policy or a group, for all who have it. */
export interface SharedChange {
  /** The ARN of the policy or the group. */
  readonly arn: string;
  readonly change: IdentityChange;
}

/** New and older versions of the customer managed policies of the account, other than those that these identities have. */
export function otherPolicyChanges(account: Account, by: Principal, team: readonly Principal[]): readonly SharedChange[] {
  const held = new Set(team.flatMap(customerManaged));
  const others = [...account.managedPolicies.values()].filter((each) => each.isCustomerManaged && !held.has(each.policy.arn));
  return others.flatMap(({ policy: { arn } }) => {
    const change = (
      action: string,
      id: string,
      answer: (by: Principal) => AuthorizationResult,
      version?: CompiledPolicy,
    ): SharedChange => ({
      arn,
      change: {
        key: `${action} ${arn} ${id}`,
        technique: techniqueFor(action, undefined, `${id === '' ? 'Rewrite' : 'Set back'} ${arn}`),
        answer,
        apply: (on) => withVersion(on, arn, version),
      },
    });
    return [
      ...(mayAllow(by, REWRITE) ? [change(REWRITE, '', (by) => canRewrite(account, by, arn))] : []),
      ...(mayAllow(by, RESTORE) ? dormantVersions(account, arn) : []).map(({ id, policy }) =>
        change(RESTORE, id, (by) => canRestoreVersion(account, by, arn), policy),
      ),
    ];
  });
}

const customerManaged = ({ policies, boundary }: Principal): readonly string[] =>
  unique([
    ...policies.flatMap(({ managed, origin }) => (managed?.isCustomerManaged ? [origin] : [])),
    ...(boundary === undefined || boundary.name.includes(':iam::aws:') ? [] : [boundary.name]),
  ]);

/** The identity once the policy has this version, wherever it has the policy; undefined: one that allows everything. */
function withVersion(on: Principal, arn: string, version: CompiledPolicy | undefined): Principal {
  const policies = on.policies.map((held) => {
    if (held.origin !== arn) return held;
    return version === undefined ? fullAccess : { ...held, policy: version, hasDeny: hasDeny(version) };
  });
  const changed = { ...on, policies };
  if (on.boundary?.name !== arn) return changed;
  return withBoundary(changed, arn, version && { ...on.boundary, policies: [{ policy: version, origin: arn }] });
}
