import type { Account } from '../../access/account.ts';
import { vocabulary } from '../../access/account.ts';
import type { Actor, RoleActor } from '../../access/actor.ts';
import { canAssume } from '../../access/trust.ts';
import type { CompiledPolicy } from '../../policy/compile.ts';
import { isMfaKey } from './mfa-keys.ts';
import { isSaml } from './saml.ts';
import { guests } from './trust.ts';

/** Those as whom people act in the account: its users, then the roles into which they come by SAML, as from IAM Identity Center. */
export function peopleOf({ actors, trusts }: Account): readonly Actor[] {
  const takesSaml = ({ arn }: Actor) => {
    const trust = trusts.get(arn);
    return trust !== undefined && guests(trust).some(isSaml);
  };
  return [
    ...actors.filter(({ kind }) => kind === 'user'),
    ...actors.filter((actor) => actor.kind === 'role' && takesSaml(actor)),
  ];
}

/** Whether some policy of the actor allows it to assume anything: a glance before the question is put. */
const mayAssume = ({ policies }: Actor): boolean => {
  const index = vocabulary.indexOf('sts:AssumeRole');
  return policies.some(({ policy }) => policy.mayAllow(index));
};

/** One of the people who can assume the role though neither its trust policy nor their own policies ask for MFA. */
export function assumesWithoutMfa(
  account: Account,
  people: readonly Actor[],
  role: RoleActor,
  trust: CompiledPolicy,
): Actor | undefined {
  const named = new Set(guests(trust).map(({ principal }) => principal.value));
  const canCome = (person: Actor) => named.has(person.arn) || named.has('*') || person.kind === 'role' || mayAssume(person);
  return people.find((person) => {
    if (person.arn === role.arn || !canCome(person)) return false;
    const answer = canAssume(account, person, role);
    return answer.kind === 'granted' && !answer.conditions.some(({ key }) => isMfaKey(key));
  });
}
