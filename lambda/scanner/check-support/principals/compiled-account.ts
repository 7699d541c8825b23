import { derivedValues } from '../../model/derived-values.ts';
import { type Account, compileAccount } from '../../iam/account.ts';
import type { CheckContext } from '../../check.ts';
import { toIso } from '../../model/instant.ts';
import { type Facts, parseSnapshot } from '../../facts/snapshot.ts';
import { SNAPSHOT_SCHEMA_VERSION } from '../../facts/snapshot-file.ts';
import { collected } from '../../model/observed.ts';

/** The facts needed to evaluate requests against the policies of the account. */
export const accountFacts = ['identities', 'credentialReport'] as const;

type AccountFacts = Pick<Facts, (typeof accountFacts)[number]>;

const compiled = derivedValues.table<Facts['identities'], { readonly facts: AccountFacts; readonly account: Account }>();

/** The account with its policies compiled, to evaluate single requests; compiled once for all checks of the account. */
export function compiledAccount(facts: AccountFacts, context: Pick<CheckContext, 'accountId' | 'partition' | 'now'>): Account {
  const known = compiled.get(facts.identities);
  if (known && accountFacts.every((name) => known.facts[name] === facts[name])) return known.account;
  const { accountId, partition, now } = context;
  // A snapshot without facts: those that the checks do not need stay uncollected.
  const empty = parseSnapshot({ schemaVersion: SNAPSHOT_SCHEMA_VERSION, takenAt: toIso(now), partition, accountId, facts: {} });
  const { identities, credentialReport } = facts;
  const seen = { identities: collected(identities), credentialReport: collected(credentialReport) };
  const account = compileAccount({ ...empty, takenAt: now, facts: { ...empty.facts, ...seen } }, identities);
  compiled.set(identities, { facts, account });
  return account;
}
