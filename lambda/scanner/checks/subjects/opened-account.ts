import { type Account, openAccount } from '../../access/account.ts';
import type { CheckContext } from '../../check.ts';
import { toIso } from '../../model/instant.ts';
import { type Facts, parseSnapshot } from '../../facts/snapshot.ts';
import { SNAPSHOT_SCHEMA_VERSION } from '../../facts/snapshot-file.ts';
import { collected } from '../../model/observed.ts';

/** The facts that a question to the policies of the account takes. */
export const accountFacts = ['identities', 'credentialReport'] as const;

type AccountFacts = Pick<Facts, (typeof accountFacts)[number]>;

const opened = new WeakMap<Facts['identities'], { readonly facts: AccountFacts; readonly account: Account }>();

/** The account with its policies compiled, so that single requests can be decided; done once for the checks of one account. */
export function openedAccount(facts: AccountFacts, context: Pick<CheckContext, 'accountId' | 'partition' | 'now'>): Account {
  const known = opened.get(facts.identities);
  if (known && accountFacts.every((name) => known.facts[name] === facts[name])) return known.account;
  const { accountId, partition, now } = context;
  // A snapshot without facts: what the checks do not need stays unseen.
  const empty = parseSnapshot({ schemaVersion: SNAPSHOT_SCHEMA_VERSION, takenAt: toIso(now), partition, accountId, facts: {} });
  const { identities, credentialReport } = facts;
  const seen = { identities: collected(identities), credentialReport: collected(credentialReport) };
  const account = openAccount({ ...empty, takenAt: now, facts: { ...empty.facts, ...seen } }, identities);
  opened.set(identities, { facts, account });
  return account;
}
