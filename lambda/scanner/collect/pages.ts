import { pageTokens } from '../requests/page-tokens.ts';

/** One page of a list, as IAM returns it. */
export interface Page {
  readonly IsTruncated?: boolean | undefined;
  readonly Marker?: string | undefined;
}

/**
 * Every page of a list, in order. A page can be empty or short although more pages follow. Only the marker tells whether there are more.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/programming.html
 */
export async function allPages<P extends Page>(request: (marker: { Marker?: string }) => Promise<P>): Promise<readonly P[]> {
  const pages: P[] = [];
  const check = pageTokens((message) => new Error(message));
  for (let marker: string | undefined; ;) {
    const page: P = await request(marker === undefined ? {} : { Marker: marker });
    pages.push(page);
    if (!page.IsTruncated) return pages;
    if (page.Marker === undefined) throw new Error('AWS said that the list goes on, and not where');
    check(page.Marker);
    marker = page.Marker;
  }
}

/**
 * The list in an answer of AWS. AWS sends a list even if it is empty, so an answer without it does not say that there is nothing. The
 * AWS SDK does not compare an answer with its type, so this does it, as far as collectors rely on it.
 *
 * @throws Error when the answer has no list, or an item that is neither an object nor a text.
 */
export function listIn<T>(items: readonly T[] | undefined): readonly T[] {
  if (items === undefined) throw new Error('AWS left the list out of its answer');
  const answered: unknown = items;
  if (!Array.isArray(answered) || !answered.every(isItem)) throw new Error('AWS sent a list that cannot be read');
  return items;
}

const isItem = (item: unknown) => typeof item === 'string' || (typeof item === 'object' && item !== null);

/**
 * A text that AWS sends of every item, such as its ID. Without it, what belongs to the item cannot be asked for.
 *
 * @throws Error when the answer does not have it.
 */
export function textIn(text: string | undefined): string {
  const answered: unknown = text;
  if (typeof answered !== 'string' || answered === '') throw new Error('AWS left the ID of an item out of its answer');
  return answered;
}
