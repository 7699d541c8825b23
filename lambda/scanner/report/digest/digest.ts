import { createHash } from 'node:crypto';
import { type Severity, worstFirst } from '../../model/severity.ts';
import { printable } from '../printable.ts';
import { linkToFinding, linkToFindings } from './console-link.ts';

/** What happened to a finding since the run before. `unseen`: what it is about could no longer be read or evaluated. */
export const digestKinds = ['new', 'worse', 'unseen', 'fixed'] as const;

/** One finding in the digest. */
export interface DigestItem {
  /** The ID of the finding: the same in every run. */
  readonly key: string;
  readonly what: (typeof digestKinds)[number];
  readonly account: string;
  readonly checkId: string;
  readonly severity: Severity;
  readonly headline: string;
  /** Further facts about a change or a use. */
  readonly message?: string;
}

/** What changed in the findings since the run before. */
export interface Digest {
  /** Whether there is anything to tell. */
  readonly changed: boolean;
  /** The same for the same content: a message with it that arrives twice is one. */
  readonly key: string;
  readonly counts: Readonly<Record<DigestItem['what'], number>>;
  /** The highest severity of what is new or worse. */
  readonly severity: Severity;
  /** One line in ASCII, at most 100 characters. */
  readonly title: string;
  /** At most ten lines, with links; empty if nothing changed. */
  readonly text: string;
  /** The address of the report as a page, in the console of S3. */
  readonly page: string;
  /** Every finding with its link, the most important first. At most 50. */
  readonly items: readonly (DigestItem & { readonly link?: string })[];
}

/** What the digest is about. */
export interface DigestSubject {
  /** The account, or the management account of the organization. */
  readonly account: string;
  /** What was scanned, such as `account 111122223333`. */
  readonly scope: string;
  /** When the run began, ISO 8601. */
  readonly startedAt: string;
  /** The Region of Security Hub. Undefined if nothing is delivered to it, so that there is nothing to link to. */
  readonly hubRegion: string | undefined;
  /** The address of the report as a page. */
  readonly page: string;
  /** What the run did not cover, in one line. */
  readonly note?: string;
}

const MOST_ITEMS = 50;
const MOST_LINES = 10;

/** Makes the digest of a run: what is new and worse by severity, then what is not seen any more, then what is fixed. */
export function digestOf(subject: DigestSubject, all: readonly DigestItem[]): Digest {
  const { account, scope, startedAt, hubRegion, page } = subject;
  const items = firstOfEach(all).toSorted(byImportance);
  const counts = countsOf(items);
  const title = `iam-vigil, ${scope}, ${startedAt.slice(0, 10)}: ${digestKinds.map((what) => `${counts[what]} ${what}`).join(', ')}`;
  const [worst] = items
    .filter(({ what }) => what === 'new' || what === 'worse')
    .map(({ severity }) => severity)
    .toSorted(worstFirst);
  return {
    changed: items.length > 0,
    key: `iam-vigil/v1/${account}/digest/${hashOf(items)}`,
    counts,
    severity: worst ?? 'INFORMATIONAL',
    title,
    text: items.length === 0 ? '' : textOf(title, items, subject),
    page,
    items: items.slice(0, MOST_ITEMS).map((item) => ({ ...item, ...linkOf(item, hubRegion) })),
  };
}

/** A finding that is told twice is told as it is now. */
const firstOfEach = (items: readonly DigestItem[]): readonly DigestItem[] => [
  ...new Map(items.toReversed().map((item) => [item.key, item])).values(),
];

const ranks: Readonly<Record<DigestItem['what'], number>> = { new: 0, worse: 0, unseen: 1, fixed: 2 };

const byImportance = (a: DigestItem, b: DigestItem): number =>
  ranks[a.what] - ranks[b.what] || worstFirst(a.severity, b.severity) || (a.key < b.key ? -1 : 1);

function countsOf(items: readonly DigestItem[]): Digest['counts'] {
  const count = (kind: DigestItem['what']) => items.filter(({ what }) => what === kind).length;
  return { new: count('new'), worse: count('worse'), unseen: count('unseen'), fixed: count('fixed') };
}

const hashOf = (items: readonly DigestItem[]): string =>
  createHash('sha256')
    .update(JSON.stringify(items.map(({ key, what, severity }) => [key, what, severity])))
    .digest('hex')
    .slice(0, 16);

const linkOf = ({ key }: DigestItem, region: string | undefined) =>
  region === undefined ? {} : { link: linkToFinding(region, key) };

function textOf(
  title: string,
  items: readonly DigestItem[],
  { hubRegion: region, page, note }: Pick<DigestSubject, 'hubRegion' | 'page' | 'note'>,
): string {
  const lines = items.map((item) => lineOf(item, region));
  const last = [...(note === undefined ? [] : [note]), `Report: ${page}`];
  // One line is the title.
  const room = MOST_LINES - 1 - last.length;
  const shown = lines.length <= room ? lines : [...lines.slice(0, room - 1), moreOf(lines.length - room + 1, region)];
  return [title, ...shown, ...last].join('\n');
}

const moreOf = (count: number, region: string | undefined): string =>
  `${count} more${region === undefined ? ' are in the report' : `: ${linkToFindings(region)}`}`;

const MOST_CHARACTERS = 200;

function lineOf({ what, severity, account, headline, message = '', key }: DigestItem, region: string | undefined): string {
  const kind = what === 'new' || what === 'worse' ? `${severity} ${what}` : what;
  const facts = message === '' ? '' : `. ${cut(message)}`;
  const link = region === undefined ? '' : ` ${linkToFinding(region, key)}`;
  return `${kind}: ${printable(headline)}${printable(facts)} (${account})${link}`;
}

const cut = (text: string): string => (text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS - 1)}…`);
