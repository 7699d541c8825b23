import { reasonOf } from '../scanner/collect/failure.ts';
import type { Message } from '../scanner/deliver/aws-messages.ts';
import type { Store } from '../scanner/deliver/store.ts';
import { compareFindings } from '../scanner/report/digest/compare-findings.ts';
import { type Digest, type DigestItem, type DigestSubject, digestOf } from '../scanner/report/digest/digest.ts';
import type { FoundInAccount } from '../scanner/report/digest/found.ts';
import { keepTold, readTold } from './told.ts';

/** The outside world, as the digest needs it. */
export interface TellPorts {
  readonly store: Pick<Store, 'find' | 'put' | 'putNew'>;
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
  found: readonly FoundInAccount[],
  subject: DigestSubject,
): Promise<PreparedDigest> {
  const told = await readTold(store);
  const compared = found.map((account) => [account.account, compareFindings(told.accounts[account.account], account)] as const);
  const items: readonly DigestItem[] = [...compared.flatMap(([, account]) => account.items), ...told.untold];
  const remembered = Object.fromEntries(compared.map(([id, account]) => [id, account.remembered]));
  const digest = digestOf(subject, items);
  const { changed, title, text } = digest;
  return {
    digest,
    problems: told.problems,
    tell: async (sendEvent) => {
      const unsent = [
        ...(await problemOf('event', sendEvent)),
        ...(await problemOf('message', changed && publish ? () => publish({ subject: title, text }) : undefined)),
      ];
      const untold = unsent.length === 0 ? [] : items.slice(0, MOST_UNTOLD);
      return [...unsent, ...(await keepTold(store, told, { accounts: { ...told.accounts, ...remembered }, untold }))];
    },
  };
}

async function problemOf(what: string, send: (() => Promise<void>) | undefined): Promise<readonly string[]> {
  try {
    await send?.();
    return [];
  } catch (error) {
    return [`the ${what} about what changed could not be sent: ${reasonOf(error)}`];
  }
}
