import { type CheckContext, defineCheck, fail, pass, unknown } from '../model/check.ts';
import { cli } from '../model/command.ts';
import { toIso } from '../model/instant.ts';
import { type PrincipalVerdict, isAdminCapable } from '../model/verdict.ts';
import { PATHS_TOLD } from '../model/reach.ts';
import { activeKeys, isSeen, keyFacts } from './subjects/access-keys.ts';
import { foreign, reachEvidence } from './subjects/foreign-reach.ts';
import { pathEvidence, pathInWords } from './subjects/principals.ts';
import { someOf } from './subjects/some-of.ts';

const powers = {
  admin: 'is admin of account',
  'can-become-admin': 'can become admin of account',
  'can-grant-admin': 'can make others admin of account',
} as const;

function powerOf(principal: PrincipalVerdict, others: readonly string[], { accountId }: Pick<CheckContext, 'accountId'>): string {
  const { verdict } = principal;
  const elsewhere = `${others.length} other ${others.length === 1 ? 'account' : 'accounts'} (${someOf(others)})`;
  if (verdict === 'conditional' || verdict === 'none') return `is or becomes admin of ${elsewhere}`;
  const how = verdict === 'admin' ? '' : ` (${pathInWords(principal)})`;
  return `${powers[verdict]} ${accountId}${how}${others.length === 0 ? '' : ` and of ${elsewhere}`}`;
}

export default defineCheck({
  id: 'admin-access-key-unguarded',
  title: 'No access key alone makes its holder admin',
  severity: 'CRITICAL',
  rationale:
    'An access key works from anywhere, for whoever holds it, and asks for no MFA. A stolen key of an admin is the whole account. A Deny or a condition on MFA, source address or VPC endpoint makes the key alone worthless.',
  standards: { 'NIST 800-53 r5': 'AC-6(5), IA-2(1)', 'ISO 27001:2022': 'A.8.2', NIS2: 'Art. 21(2)(i), 21(2)(j)' },
  needs: [...keyFacts, 'access', 'crossAccountReach'],
  select: (facts) => activeKeys(facts).filter((key) => facts.access.has(key.principalArn)),
  judge: (key, { access, crossAccountReach }, context) => {
    const principal = access.get(key.principalArn);
    const reach = crossAccountReach?.get(key.principalArn);
    const others = foreign(reach?.accounts ?? [], context);
    // A guard makes the verdict conditional: what is left certain holds for the key alone.
    if (!principal || (!isAdminCapable(principal) && others.length === 0)) return pass;
    if (!isSeen(key)) return unknown(key.unseen);
    const sentence = powerOf(principal, others, context);
    const ways = reach && others.length > 0 ? reachEvidence({ accounts: reach.accounts, paths: reach.paths(PATHS_TOLD) }) : {};
    return fail(
      `Whoever holds access key ${key.resource.name} of user ${key.user.name} ${sentence}; no MFA, address or endpoint guards it.`,
      { evidence: { verdict: principal.verdict, ...pathEvidence(principal), ...ways } },
    );
  },
  remediation: (key) => {
    const used = isSeen(key) && typeof key.lastUsed === 'number' ? ` (last used: ${toIso(key.lastUsed)})` : '';
    return `Give what uses the key${used} a role instead, then deactivate it: ${cli('iam update-access-key', { 'user-name': key.user.name, 'access-key-id': key.resource.name, status: 'Inactive' })}. Until then, deny the user everything without MFA or from outside your addresses.`;
  },
});
