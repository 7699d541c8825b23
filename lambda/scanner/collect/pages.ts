/** One page of a list, as IAM answers it. */
export interface Page {
  readonly IsTruncated?: boolean | undefined;
  readonly Marker?: string | undefined;
}

/**
 * Every page of a list, in order. A page may be empty and still lead on, or hold fewer items than were asked for; only the marker
 * tells whether there are more. https://docs.aws.amazon.com/IAM/latest/UserGuide/programming.html
 */
export async function allPages<P extends Page>(request: (marker: { Marker?: string }) => Promise<P>): Promise<readonly P[]> {
  const pages: P[] = [];
  for (let marker: string | undefined; ;) {
    const page: P = await request(marker === undefined ? {} : { Marker: marker });
    pages.push(page);
    if (!page.IsTruncated || page.Marker === undefined) return pages;
    if (page.Marker === marker) throw new Error('AWS gave the same page marker twice, so the list would never end');
    marker = page.Marker;
  }
}
