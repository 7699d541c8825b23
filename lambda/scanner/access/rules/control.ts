import { commercialForm } from '../../policy/service-principal.ts';
import type { Account } from '../account.ts';
import type { Principal } from '../actor.ts';
import { getOrCreate } from '../allow-index.ts';
import { assumeRoleRules } from './assume-role.ts';
import { computeRules } from './compute.ts';
import type { ControlRule } from './control-rule.ts';
import { credentialRules } from './credentials.ts';
import { federationRules } from './federation.ts';

/** All act-as techniques. */
export const controlRules: readonly ControlRule[] = [...assumeRoleRules, ...credentialRules, ...computeRules, ...federationRules];

/**
 * Picks the techniques that can apply to a target by the principals that its trust policy names: most techniques need a service
 * that it does not trust. There are few different sets of services, so each is looked up once.
 */
export function createRelevance({ trusts }: Account): (target: Principal) => readonly ControlRule[] {
  const byServices = new Map<string, readonly ControlRule[]>();
  return ({ arn }) => {
    const principals = (trusts.get(arn)?.statements ?? []).flatMap(({ source }) => source.principal ?? []);
    if (principals.some(({ negated }) => negated)) return controlRules;
    const entries = principals.flatMap((principal) => principal.entries).filter(({ type }) => type !== 'AWS');
    const services = new Set(entries.map(({ value }) => commercialForm(value)));
    return getOrCreate(byServices, [...services].sort().join(' '), () =>
      controlRules.filter(({ service }) => service === undefined || services.has(service)),
    );
  };
}
