import { commercialForm } from '../../policy/service-principal.ts';
import type { Account } from '../account.ts';
import type { Actor } from '../actor.ts';
import { remember } from '../allow-index.ts';
import { assumeRoleRules } from './assume-role.ts';
import { computeRules } from './compute.ts';
import type { ControlRule } from './control-rule.ts';
import { credentialRules } from './credentials.ts';
import { federationRules } from './federation.ts';

/** Every way to act as another identity of the account. */
export const controlRules: readonly ControlRule[] = [...assumeRoleRules, ...credentialRules, ...computeRules, ...federationRules];

/**
 * Picks the rules that can be about a target, by a glance at whom its trust policy names: most rules need a service that it does not
 * trust. There are few different sets of services, so that each is looked up once.
 */
export function createRelevance({ trusts }: Account): (target: Actor) => readonly ControlRule[] {
  const byServices = new Map<string, readonly ControlRule[]>();
  return ({ arn }) => {
    const principals = (trusts.get(arn)?.statements ?? []).flatMap(({ source }) => source.principal ?? []);
    if (principals.some(({ negated }) => negated)) return controlRules;
    const entries = principals.flatMap((principal) => principal.entries).filter(({ type }) => type !== 'AWS');
    const services = new Set(entries.map(({ value }) => commercialForm(value)));
    return remember(byServices, [...services].sort().join(' '), () =>
      controlRules.filter(({ service }) => service === undefined || services.has(service)),
    );
  };
}
