import { gunzipSync } from 'node:zlib';

/** A block of data in a page. */
export const BLOCK = /<script type="text\/plain" class="(?:report|list)"(?: data-name="(\w+)")?>([\w+/=]*)<\/script>\n/g;

const unpacked = (text: string): unknown => JSON.parse(gunzipSync(Buffer.from(text, 'base64')).toString());

/** The report that a page holds, put together as the page does. */
export function reportIn(page: string): unknown {
  const [[, , head = ''] = [], ...lists] = [...page.matchAll(BLOCK)];
  const report = unpacked(head) as Record<string, unknown[]>;
  for (const [, name = '', text = ''] of lists) report[name]?.push(...(unpacked(text) as readonly unknown[]));
  return report;
}
