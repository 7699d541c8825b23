import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { PageReport } from './left-out.ts';
import { pageScript, pageStyle } from './page.generated.ts';

/** The items of a list in one block of data. */
const ITEMS_PER_BLOCK = 2000;

/**
 * The report as one page that needs no network: the whole report as compressed JSON, and a script that shows it. The policy of the page
 * allows this script and this style, by their hashes, and nothing else. No text of the report is markup.
 */
export function* renderHtml(report: PageReport): Generator<string> {
  yield* [head, '<script type="text/plain" class="report">', packed(withoutLists(report)), '</script>\n'];
  for (const [name, list] of Object.entries(report) as readonly (readonly [string, unknown])[]) {
    if (!Array.isArray(list)) continue;
    for (let at = 0; at < list.length; at += ITEMS_PER_BLOCK)
      yield `<script type="text/plain" class="list" data-name="${name}">${packed(list.slice(at, at + ITEMS_PER_BLOCK))}</script>\n`;
  }
  yield `<script>${pageScript}</script>\n</body>\n</html>\n`;
}

/** The report with its lists empty. */
const withoutLists = (report: PageReport): object =>
  Object.fromEntries(Object.entries(report).map(([name, value]) => [name, Array.isArray(value) ? [] : (value as unknown)]));

const packed = (value: unknown): string => gzipSync(JSON.stringify(value)).toString('base64');

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** What the page may do: run its script, use its style, show the empty icon that keeps browsers from asking for one. */
const policy = [
  "default-src 'none'",
  `script-src ${hashOf(pageScript)}`,
  `style-src ${hashOf(pageStyle)}`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const head = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>iam-vigil</title>
<style>${pageStyle}</style>
</head>
<body>
<noscript>This page needs JavaScript. Without it, open the report in JSON, or run iam-vigil scan in a terminal.</noscript>
<div id="page" aria-busy="true"><p class="loading">Reading the report …</p></div>
`;
