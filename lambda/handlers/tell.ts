import { reasonOf } from '../scanner/collect/failure.ts';
import type { Message } from '../scanner/deliver/aws-messages.ts';
import { type Digest, type DigestItem, type DigestSubject, digestOf } from '../scanner/report/digest/digest.ts';
import { type ToldStore, keepPending, readPending } from './told.ts';
import { type FoundByAccount, compareAccounts } from './told-accounts.ts';

/** The outside world, as the digest needs it. */
export interface TellPorts {
  readonly store: ToldStore;
  /** Publishes a message. Undefined: no topic is configured. */
  readonly publish: ((message: Message) => Promise<void>) | undefined;
}

/** A digest that is not sent yet. */
export interface PreparedDigest {
  readonly digest: Digest;
  readonly problems: readonly string[];
  /**
   * Publishes the message if anything changed, sends the event if there is one, and remembers what was told. Returns what went wrong. What
   * cannot be sent is told the next time.
   */
  readonly tell: (sendEvent?: () => Promise<void>) => Promise<readonly string[]>;
}

/** What is kept of what could not be sent. */
const MOST_UNTOLD = 500;

/** Finds out what changed in the findings since the run before. */
export async function prepareDigest(
  { store, publish }: TellPorts,
  found: FoundByAccount,
  subject: DigestSubject,
): Promise<PreparedDigest> {
  const pending = await readPending(store);
  const { untold: waiting, accounts: unmoved } = pending.value ?? { untold: [], accounts: {} };
  const compared = await compareAccounts(store, pending, found);
  const items: readonly DigestItem[] = [...compared.items, ...waiting];
  const digest = digestOf(subject, items);
  const { changed, title, text } = digest;
  return {
    digest,
    problems: [...(pending.isKept ? [] : pending.problems), ...compared.problems],
    tell: async (sendEvent) => {
      const unsent = [
        ...(await problemOf('event', sendEvent)),
        ...(await problemOf('message', changed && publish ? () => publish({ subject: title, text }) : undefined)),
      ];
      if (unsent.length > 0) {
        const lost = pending.isKept
          ? unsent
          : await keepPending(store, pending, { accounts: unmoved, untold: items.slice(0, MOST_UNTOLD) });
        // What is not kept for the next digest is compared again.
        if (lost.length > 0) return unique([...unsent, ...lost]);
      }
      const { kept, problems } = await compared.keep();
      const accounts = Object.fromEntries(Object.entries(unmoved).filter(([account]) => !kept.includes(account)));
      const isOutdated = [waiting, Object.keys(unmoved), pending.problems].some(({ length }) => length > 0);
      const outdated = unsent.length === 0 && isOutdated ? await keepPending(store, pending, { accounts, untold: [] }) : [];
      return [...unsent, ...problems, ...outdated];
    },
  };
}

const unique = (problems: readonly string[]): readonly string[] => [...new Set(problems)];

async function problemOf(what: string, send: (() => Promise<void>) | undefined): Promise<readonly string[]> {
  try {
    await send?.();
    return [];
  } catch (error) {
    return [`the ${what} about what changed could not be sent: ${reasonOf(error)}`];
  }
}
