import type { Role } from '../facts/identity.ts';
import { isAccountId, parseArn } from '../model/arn.ts';
import { type PrincipalVerdict, verdicts } from '../model/verdict.ts';
import type { CompiledPolicy } from '../policy/compile.ts';
import type { PrincipalEntry } from '../policy/policy.ts';
import { commercialForm } from '../policy/service-principal.ts';
import { type PlatformRole, looksLikePlatformRole, platformRoles } from './platform-role-names.ts';

/** The account of a role, and its management account. */
export interface PlatformContext {
  readonly accountId: string;
  /** Whether an account is the management account, as far as that is known. */
  readonly isManagementAccount: (accountId: string) => boolean;
}

/** What a role with the name of a platform role does not share with the real one. */
export type PlatformContradiction = 'name' | 'path' | 'trust' | 'permissions';

/** What a role is by its name: a platform role, with what contradicts that, or (undefined) an ordinary role. */
export interface PlatformClaim {
  readonly contradiction?: PlatformContradiction;
}

/**
 * Whether a role has the name of a platform role, and whether the rest agrees: its path, its trust policy, and what it can do at most.
 * Anyone who may create a role can choose such a name. `trust` is the trust policy; undefined: it cannot be read.
 */
export function platformClaim(
  role: Pick<Role, 'name' | 'path'>,
  trust: CompiledPolicy | undefined,
  { verdict, would = verdict }: Pick<PrincipalVerdict, 'verdict' | 'would'>,
  context: PlatformContext,
): PlatformClaim | undefined {
  // Only AWS can create roles below these paths.
  if (/^\/aws-(service-role|reserved)\//.test(role.path)) return {};
  if (!looksLikePlatformRole(role.name)) return undefined;
  const real = platformRoles(context.accountId).find(({ name }) => name.test(role.name));
  if (!real) return { contradiction: 'name' };
  if (role.path !== real.path) return { contradiction: 'path' };
  if (!isTrustedAsExpected(real, trust, context)) return { contradiction: 'trust' };
  return verdicts.indexOf(would) < verdicts.indexOf(real.strongest) ? { contradiction: 'permissions' } : {};
}

/** Whether the trust policy allows what the platform role trusts, and nothing else. */
function isTrustedAsExpected({ trusts }: PlatformRole, trust: CompiledPolicy | undefined, context: PlatformContext): boolean {
  const allowed = (trust?.statements ?? []).filter(({ source }) => source.effect === 'Allow');
  return (
    allowed.length > 0 &&
    allowed.every(
      ({ source: { principal } }) =>
        principal?.negated === false &&
        principal.entries.every((entry) => trusts.some((trusted) => matches(trusted, entry, context))),
    )
  );
}

function matches(trusted: PlatformRole['trusts'][number], entry: PrincipalEntry, context: PlatformContext): boolean {
  if ('service' in trusted) return entry.type === 'Service' && commercialForm(entry.value) === trusted.service;
  const arn = isAccountId(entry.value) ? { accountId: entry.value, resource: 'root' } : parseArn(entry.value);
  if (entry.type !== 'AWS' || !arn || !isAccountId(arn.accountId)) return false;
  const isExpected = trusted.account === 'any' || context.isManagementAccount(arn.accountId);
  return isExpected && (trusted.resource?.test(arn.resource) ?? true);
}
