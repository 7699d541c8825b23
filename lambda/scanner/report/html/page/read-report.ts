import type { PageReport } from '../left-out.ts';

/** The report that the page holds. */
export async function readReport(): Promise<PageReport> {
  const [head] = document.getElementsByClassName('report');
  const lists = [...document.querySelectorAll<HTMLElement>('.list')];
  const [report, ...parts] = await Promise.all([unpack(head), ...lists.map(unpack)]);
  // The page was written from a report of this type, list by list.
  const whole = report as Record<string, unknown[]>;
  for (const [index, part] of parts.entries()) whole[lists[index]?.dataset['name'] ?? '']?.push(...(part as readonly unknown[]));
  for (const block of [head, ...lists]) block?.remove();
  return whole as unknown as PageReport;
}

async function unpack(block: Element | undefined): Promise<unknown> {
  const text = atob(block?.textContent ?? '');
  // A loop takes a tenth of the time of `Uint8Array.from` with a function.
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).json();
}
