import type { Account } from '../../access/account.ts';
import type { Actor, RoleActor } from '../../access/actor.ts';
import { type AllowIndex, createAllowIndex } from '../../access/allow-index.ts';
import { canAssume, namesAccount } from '../../access/trust.ts';
import type { CompiledPolicy } from '../../policy/compile.ts';
import { isMfaKey } from './mfa-keys.ts';
import { isSaml } from './saml.ts';
import { guests } from './trust.ts';

/** Those as whom people act in an account, to be found by what they may do and what trust policies call them. */
export type People = AllowIndex;

/** The users of the account, and the roles into which people come by SAML, as from IAM Identity Center. */
export function peopleOf({ actors, trusts }: Account): People {
  const takesSaml = ({ arn }: Actor) => {
    const trust = trusts.get(arn);
    return trust !== undefined && guests(trust).some(isSaml);
  };
  return createAllowIndex(actors.filter((actor) => actor.kind === 'user' || takesSaml(actor)));
}

/** One of the people who can assume the role though neither its trust policy nor their own policies ask for MFA; users first. */
export const assumesWithoutMfa = (account: Account, people: People, role: RoleActor, trust: CompiledPolicy): Actor | undefined =>
  candidates(account, people, role, trust).find((person) => {
    if (person === role) return false;
    const answer = canAssume(account, person, role);
    return answer.kind === 'granted' && !answer.conditions.some(({ key }) => isMfaKey(key));
  });

/** Whom the trust policy names, and where it names the account, who may assume the role by any policy. */
function candidates(account: Account, people: People, { arn }: RoleActor, trust: CompiledPolicy): readonly Actor[] {
  const entries = guests(trust).map(({ principal }) => principal);
  const named = entries.flatMap(({ value }) => [...(value === '*' ? people.everyone() : people.named(value))]);
  const allowed = entries.some((entry) => namesAccount(entry, account)) ? people.who('sts:AssumeRole', arn) : [];
  const rank = ({ kind, arn: own }: Actor) => `${kind === 'user' ? '1' : '2'} ${own}`;
  return [...new Set([...named, ...allowed])].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}
