/** The longest lists have a thousand items a page and some ten thousand items; some have one item a page. */
const MOST_PAGES = 10_000;

/** Checks the token of every next page of one list. It throws when the list would never end. */
export type PageTokens = (token: string) => void;

/**
 * Opens the check for one list. A token that comes twice, whatever came between, begins the same pages again.
 *
 * @param endless - Makes the error.
 */
export function pageTokens(endless: (message: string) => Error): PageTokens {
  const seen = new Set<string>();
  return (token) => {
    if (seen.has(token)) throw endless('AWS returned the same page token twice, so the list would never end');
    if (seen.size >= MOST_PAGES) throw endless(`AWS returned more than ${MOST_PAGES} pages of one list`);
    seen.add(token);
  };
}
