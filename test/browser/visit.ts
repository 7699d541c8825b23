import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** Opens a page as a reader does, and closes it; it fails if the page reports an error or asks for anything. */
export type Visit = (file: string, look: (page: Page) => Promise<void>, options?: VisitOptions) => Promise<void>;

/** How the page is opened. */
export interface VisitOptions extends BrowserContextOptions {
  /** What follows the name of the file, from `#` on. */
  readonly hash?: string;
}

/** Visits with this browser. */
export const visitWith =
  (browser: Browser): Visit =>
  async (file, look, { hash = '', ...options } = {}) => {
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'], ...options });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('console', (message) => faults.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => faults.push(`error: ${String(error)}`));
    page.on('dialog', (dialog) => faults.push(`dialog: ${dialog.message()}`));
    page.on('request', (request) => {
      if (request.url().split('#')[0] !== `file://${file}`) faults.push(`request: ${request.url()}`);
    });
    await page.goto(`file://${file}${hash}`);
    await page.waitForSelector('main');
    await look(page);
    assert.deepEqual(faults, []);
    await context.close();
  };

/** Fails on anything that axe-core finds in the page. The page must be opened with `bypassCSP`: axe-core writes markup. */
export async function requireAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<{ readonly violations: readonly Violation[] }>('axe.run()');
  assert.deepEqual(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' ')}`),
    [],
  );
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}
