import { getOrCreate } from '../model/get-or-create.ts';
import { commercialForm } from '../policy/service-principal.ts';
import type { Account } from '../iam/account.ts';
import type { Principal } from '../iam/principal.ts';
import { assumeRoleTechniques } from './iam/assume-role.ts';
import { computeTechniques } from './compute.ts';
import type { ImpersonationTechnique } from './technique.ts';
import { credentialTechniques } from './iam/credentials.ts';
import { unknownUseTechniques } from './unknown/pass-role-to-unknown-use.ts';
import { cdkTechniques } from './supply-chain/cdk-assets.ts';
import { scriptTechniques } from './supply-chain/scripts.ts';
import { serviceAccountTechniques } from './federation/eks-service-accounts.ts';
import { federationTechniques } from './federation/identity-providers.ts';

/** All act-as techniques. */
export const impersonationTechniques: readonly ImpersonationTechnique[] = [
  ...assumeRoleTechniques,
  ...credentialTechniques,
  ...computeTechniques,
  ...federationTechniques,
  ...serviceAccountTechniques,
  ...cdkTechniques,
  ...scriptTechniques,
  ...unknownUseTechniques,
];

/**
 * Picks the techniques that can apply to a target by the principals that its trust policy names: most techniques need a service
 * that it does not trust. There are few different sets of services, so each is looked up once.
 */
export function createTechniqueFilter({ trusts }: Account): (target: Principal) => readonly ImpersonationTechnique[] {
  const byTrust = new Map<string, readonly ImpersonationTechnique[]>();
  const byTarget = new Map<string, readonly ImpersonationTechnique[]>();
  const find = ({ arn, kind }: Principal): readonly ImpersonationTechnique[] => {
    const trust = trusts.get(arn);
    const principals = (trust?.statements ?? []).flatMap(({ source }) => source.principal ?? []);
    if (principals.some(({ negated }) => negated)) return impersonationTechniques;
    const entries = principals.flatMap((principal) => principal.entries);
    const isAssumable = kind === 'role' && (trust === undefined || entries.some(({ type }) => type === 'AWS'));
    const services = new Set(entries.flatMap(({ type, value }) => (type === 'AWS' ? [] : [commercialForm(value)])));
    return getOrCreate(byTrust, [isAssumable, ...[...services].sort()].join(' '), () =>
      impersonationTechniques.filter(
        ({ service, isAssumption }) => (isAssumable || !isAssumption) && (service === undefined || services.has(service)),
      ),
    );
  };
  return (target) => getOrCreate(byTarget, target.arn, () => find(target));
}
