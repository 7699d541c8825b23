import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { type Visit, requireAccessible } from './visit.ts';

/** The pages that the cases look at. */
export interface Pages {
  /** That of the sample. */
  readonly sample: string;
  /** One of a report in which every text is hostile. */
  readonly hostile: string;
  /** One of a report without a finding. */
  readonly empty: string;
  /** One of an organization, that leaves something out. */
  readonly organization: string;
}

type Case = (visit: Visit, pages: Pages) => Promise<void>;

const FINDING = '#findings-list .row';
const ADMIN = '#admins-list .row';
const key = 'AKIABFYH45SNGEXAMPLE';
const disarm = `aws iam update-access-key --user-name sven.larsen --access-key-id ${key} --status Inactive`;
const ciDeployer = 'arn:aws:iam::777788889999:user/ci/ci-deployer';

const textOf = async (page: Page, selector: string): Promise<string> => (await page.locator(selector).first().innerText()).trim();

const countOf = async (page: Page, list: string): Promise<number> => Number.parseInt(await textOf(page, `${list} .count`), 10);

const activeText = (page: Page): Promise<string> => page.evaluate('document.activeElement?.textContent');

const measured = `({ ...(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth }))(document.documentElement), text: document.body.textContent })`;

interface Measured {
  readonly scrollWidth: number;
  readonly clientWidth: number;
  readonly text: string;
}

/** What an attacker would try who got into the script of the page. */
const attempts = `(async () => {
  const refused = [];
  const attempt = async (what, act) => {
    try { await act(); } catch { refused.push(what); }
  };
  await attempt('markup', () => { document.body.innerHTML = '<b>x</b>'; });
  await attempt('script', () => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.ran = true';
    document.body.append(script);
  });
  await attempt('request', () => fetch('https://example.com/'));
  return { refused, ran: 'ran' in globalThis };
})()`;

interface Attempts {
  readonly refused: readonly string[];
  readonly ran: boolean;
}

/** What must hold of the page, by its name. */
export const cases: Readonly<Record<string, Case>> = {
  'the first screen has the most dangerous key, why, and the command that disarms it': (visit, { sample }) =>
    visit(
      sample,
      async (page) => {
        const first = page.locator('.first');
        for (const text of [key, 'No policy condition restricts the key', disarm]) await first.getByText(text).first().waitFor();
        const { y = 0, height = 0 } = (await first.boundingBox()) ?? {};
        assert.ok(y + height < 720, `it ends at ${y + height}`);
        assert.equal(await first.locator('.box.end').count(), 2);
        await first.locator('.box').getByText('Acme Development (777788889999)').waitFor();
        await page.getByRole('heading', { name: 'the organization of Acme Management (111122223333)' }).waitFor();
      },
      { viewport: { width: 1280, height: 720 } },
    ),

  'a search finds every word, and a filter narrows it; the address keeps both': (visit, { sample }) =>
    visit(sample, async (page) => {
      const all = await countOf(page, '#findings-list');
      await page.fill('#findings input', 'sven.larsen key');
      const found = await countOf(page, '#findings-list');
      assert.ok(found > 0 && found < all);
      await page.selectOption('#findings select[name=severity]', 'CRITICAL');
      assert.equal(await countOf(page, '#findings-list'), 1);
      assert.match(page.url(), /#q=sven\.larsen\+key&severity=CRITICAL$/);
      await page.reload();
      await page.waitForSelector('main');
      assert.equal(await countOf(page, '#findings-list'), 1);
      await page.fill('#findings input', 'nothing has this');
      assert.equal(await countOf(page, '#findings-list'), 0);
    }),

  'the page of an organization says how much it leaves out, and where that is': (visit, { organization }) =>
    visit(organization, async (page) => {
      const overview = page.locator('#overview');
      for (const text of [
        'This page has the 200 strongest of 250 principals and the 200 most important of 300 findings.',
        'reports/<account>/latest.html',
        'Nothing of 1 scanned account is on this page',
        '999999999999',
      ])
        await overview.getByText(text).first().waitFor();
      assert.equal(await textOf(page, '.counts .admin b'), '250');
      assert.equal(await textOf(page, '#findings-list .count'), '200 of 300 findings');
      assert.equal(await textOf(page, '#admins-list .count'), '200 of 250 principals');
    }),

  'a count at the top shows the principals that it counts': (visit, { sample }) =>
    visit(sample, async (page) => {
      await page.click('.counts .can-become-admin a');
      await page.waitForFunction('location.hash === "#verdict=can-become-admin"');
      assert.equal(`${await countOf(page, '#admins-list')}`, await textOf(page, '.counts .can-become-admin b'));
    }),

  'a finding opens with its path: at most twelve boxes, each arrow with its statement; its address opens it again': (
    visit,
    { sample },
  ) =>
    visit(sample, async (page) => {
      await page.fill('#findings input', 'ci-deployer can escalate to administrator shadow-admin');
      await page.click(`${FINDING} .opener`);
      const detail = page.locator('#findings-list .detail:not([hidden])');
      const boxes = await detail.locator('.box').count();
      assert.ok(boxes > 3 && boxes <= 12);
      assert.equal(await detail.locator('.arrow').count(), boxes - 1);
      // The arrow from what it signs in with needs no permission.
      assert.equal(await detail.locator('.arrow:has(.statement)').count(), boxes - 2);
      await detail.getByText('All steps with their statements').click();
      await detail.getByText('statement 2 (Sid PassTheExecutionRole) of policy CdkDeploy').last().waitFor();
      const address = page.url();
      await page.goto('about:blank');
      await page.goto(address);
      await page.waitForSelector('#findings-list .row.open');
      assert.match(await activeText(page), /^IAM user ci-deployer can escalate/);
    }),

  'the address of a principal opens it, with its verdict, its credentials and its findings': (visit, { sample }) =>
    visit(
      sample,
      async (page) => {
        const detail = page.locator('#admins-list .detail:not([hidden])');
        for (const text of ['Can become admin', '2 active access keys', 'no MFA device', 'Other accounts'])
          await detail.getByText(text, { exact: true }).first().waitFor();
        await detail.getByRole('link', { name: /is 1129 days old/ }).click();
        await page.waitForSelector('#findings-list .row.open');
      },
      { hash: `#principal=${encodeURIComponent(ciDeployer)}` },
    ),

  'a command is copied as it is shown': (visit, { sample }) =>
    visit(sample, async (page) => {
      await page.click('.first .copy');
      await page.locator('.first').getByText('Copied').waitFor();
      assert.equal(await page.evaluate('navigator.clipboard.readText()'), disarm);
    }),

  'the keyboard is enough': (visit, { sample }) =>
    visit(sample, async (page) => {
      await page.focus('nav a:last-child');
      await page.keyboard.press('Tab');
      assert.match(await activeText(page), /^15 Admin/);
      await page.focus('#findings input');
      await page.keyboard.type('sven.larsen has administrator access without MFA');
      for (let control = 0; control < 5; control += 1) await page.keyboard.press('Tab');
      assert.match(await activeText(page), new RegExp(`^Access key ${key}`));
      await page.keyboard.press('Enter');
      await page.locator('#findings-list .detail:not([hidden])').waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      assert.equal(await page.evaluate('navigator.clipboard.readText()'), disarm);
      await page.focus(`${ADMIN}:first-child .opener`);
      const first = await activeText(page);
      await page.keyboard.press('ArrowDown');
      assert.notEqual(await activeText(page), first);
      await page.keyboard.press('ArrowUp');
      assert.equal(await activeText(page), first);
    }),

  'it follows the light and the dark of the reader': async (visit, { sample }) => {
    const brightness: number[] = [];
    for (const colorScheme of ['light', 'dark'] as const)
      await visit(
        sample,
        async (page) => {
          const color = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
          brightness.push(Number(/\d+/.exec(color)?.[0]));
        },
        { colorScheme },
      );
    assert.deepEqual(
      brightness.map((red) => red > 127),
      [true, false],
    );
  },

  'nothing is wider than a telephone, but pictures and tables that scroll by themselves': (visit, { sample }) =>
    visit(
      sample,
      async (page) => {
        await page.click(`${FINDING} .opener`);
        await page.click(`${ADMIN} .opener`);
        assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 380);
      },
      { viewport: { width: 380, height: 800 } },
    ),

  'printed, it has what is open and no control': (visit, { sample }) =>
    visit(sample, async (page) => {
      await page.click(`${FINDING} .opener`);
      await page.emulateMedia({ media: 'print' });
      for (const control of ['nav', 'form', '.copy', '.more'])
        assert.equal(await page.locator(`${control} >> visible=true`).count(), 0);
      assert.ok(await page.locator('#findings-list .detail').first().isVisible());
      assert.ok((await page.pdf()).length > 10_000);
    }),

  'axe-core finds nothing, in light, in dark and on a telephone, with a finding and a principal open, and with every row': async (
    visit,
    { sample, empty },
  ) => {
    const settings = [{ colorScheme: 'light' }, { colorScheme: 'dark' }, { viewport: { width: 380, height: 800 } }] as const;
    for (const setting of settings)
      await visit(
        sample,
        async (page) => {
          // All rows are looked at below, once.
          for (const list of ['#findings', '#admins']) await page.fill(`${list} input`, 'sven.larsen');
          await page.click(`${FINDING} .opener`);
          await page.click(`${ADMIN} .opener`);
          await requireAccessible(page);
        },
        { ...setting, bypassCSP: true },
      );
    await visit(empty, requireAccessible, { bypassCSP: true });
    await visit(
      sample,
      async (page) => {
        for (const list of ['#findings-list', '#admins-list']) await page.locator(`${list} .more button`).last().click();
        assert.equal(
          await page.locator('.row').count(),
          (await countOf(page, '#findings-list')) + (await countOf(page, '#admins-list')),
        );
        await requireAccessible(page);
      },
      { bypassCSP: true },
    );
  },

  'hostile text stays text': (visit, { hostile }) =>
    visit(hostile, async (page) => {
      await page.click(`${FINDING} .opener`);
      await page.click(`${ADMIN} .opener`);
      assert.equal(await page.locator('img, iframe, main script, main style').count(), 0);
      await page.locator('#findings-list').getByText('<img src=x onerror=alert(1)>').first().waitFor();
      await page.locator('#findings-list').getByText('\\u{202e}').first().waitFor();
      const { scrollWidth, clientWidth, text } = await page.evaluate<Measured>(measured);
      assert.equal(scrollWidth, clientWidth);
      assert.ok(!['\u202E', '\u001B'].some((mark) => text.includes(mark)));
    }),

  'the policy of the page forbids markup, scripts and requests': (visit, { sample }) =>
    assert.rejects(
      visit(sample, async (page) => {
        const { refused, ran } = await page.evaluate<Attempts>(attempts);
        assert.equal(ran, false);
        assert.ok(['markup', 'request'].every((what) => refused.includes(what)));
      }),
      // What was refused is told in the console, and nothing was asked for.
      (error: unknown) => /Content Security Policy|TrustedHTML/.test(String(error)) && !String(error).includes('request: '),
    ),

  'a report without a finding says so': (visit, { empty }) =>
    visit(empty, async (page) => {
      assert.equal(await countOf(page, '#findings-list'), 0);
      assert.equal(await countOf(page, '#admins-list'), 0);
      assert.equal(await page.locator('.first').count(), 0);
    }),
};
