import type { Account } from '../../iam/account.ts';
import type { Grant } from '../../iam/authorization-result.ts';
import { can } from '../../iam/authorization.ts';
import type { Principal, RolePrincipal } from '../../iam/principal.ts';
import { targetContextKeys } from '../../iam/target-keys.ts';
import { canAssume } from '../../iam/trust-policy.ts';
import { compileGlob } from '../../policy/glob.ts';
import type { Statement } from '../../policy/policy.ts';
import { byAccessKey, inSessionWithoutMfa, isMfaKey } from './mfa-condition-keys.ts';
import type { MfaUser } from './mfa-users.ts';

/** An action on MFA devices that a user may do without MFA: on which users, and what allows it on the first of them. */
export interface DeviceControl {
  readonly names: readonly string[];
  readonly grant: Grant;
}

/** A finding names no more users than this. */
const MOST_NAMES = 50;

/** Whether the principal certainly may do the action on itself without MFA; undefined if not. */
export function onItself(account: Account, principal: Principal, action: string): DeviceControl | undefined {
  const grant = grantWithoutMfa(account, principal, action, principal);
  return grant && { names: [principal.identity.name], grant };
}

/** The other users among these, by name, on which the principal certainly may do the action without MFA; undefined if none. */
export function onOthers(
  account: Account,
  principal: Principal,
  action: string,
  users: ReadonlyMap<string, MfaUser>,
): DeviceControl | undefined {
  const names: string[] = [];
  let first: Grant | undefined;
  for (const { user } of candidates(principal, users)) {
    const target = account.principalsByArn.get(user.arn);
    if (target === undefined || target === principal) continue;
    const grant = grantWithoutMfa(account, principal, action, target);
    if (grant === undefined) continue;
    first ??= grant;
    names.push(user.name);
    if (names.length === MOST_NAMES) break;
  }
  return first && { names, grant: first };
}

const grantWithoutMfa = (account: Account, principal: Principal, action: string, target: Principal): Grant | undefined =>
  [byAccessKey, inSessionWithoutMfa]
    .map((keys) => can(account, principal, action, target.arn, targetContextKeys(target, keys)))
    .find((answer): answer is Grant => answer.kind === 'granted' && answer.certain);

/**
 * The users that some Allow statement may name, before the exact decision. In most accounts every user may manage itself, and a
 * decision for each pair of users takes too long.
 */
function candidates({ policies, identity }: Principal, users: ReadonlyMap<string, MfaUser>): Iterable<MfaUser> {
  const statements = policies.flatMap(({ policy }) => policy.statements.map(({ source }) => source)).filter(mayBeAboutDevices);
  const names = new Set<string>();
  for (const { resource } of statements) {
    if (resource === undefined || resource.negated) return users.values();
    for (const pattern of resource.patterns) {
      const name =
        pattern
          .replaceAll(/\$\{aws:username\}/gi, identity.name)
          .split('/')
          .at(-1) ?? '';
      if (/[*?$]/.test(name)) return users.values();
      names.add(name);
    }
  }
  return [...names].flatMap((name) => users.get(name) ?? []);
}

const mayBeAboutDevices = ({ effect, action }: Statement): boolean =>
  effect === 'Allow' &&
  (action.negated ||
    action.patterns.some((pattern) => {
      const glob = compileGlob(pattern, { ignoreCase: true });
      return glob.matches('iam:DeactivateMFADevice') || glob.matches('iam:EnableMFADevice');
    }));

const asksForMfa = ({ conditions }: Statement): boolean => conditions.some(({ key }) => isMfaKey(key));

/** Whether MFA protects something that the principal may do: a policy of its own asks for it, or a role that it can assume with MFA. */
export const dependsOnMfa = (account: Account, principal: Principal): boolean =>
  principal.policies.some(({ policy }) => policy.statements.some(({ source }) => asksForMfa(source))) ||
  account.principals.some((role) => role.kind === 'role' && needsMfa(account, principal, role));

function needsMfa(account: Account, principal: Principal, role: RolePrincipal): boolean {
  if (account.trusts.get(role.arn)?.statements.some(({ source }) => asksForMfa(source)) !== true) return false;
  const answer = canAssume(account, principal, role);
  return answer.kind === 'granted' && answer.conditions.some(({ key }) => isMfaKey(key));
}
