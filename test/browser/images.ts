import type { Browser } from 'playwright-core';
import type { Pages } from './cases.ts';

/** Writes the images of the README anew: the first screen, and the attack path of a principal. */
export async function writeImages(browser: Browser, { sample }: Pick<Pages, 'sample'>): Promise<void> {
  const first = await browser.newPage({ viewport: { width: 1240, height: 560 } });
  await first.goto(`file://${sample}`);
  await first.locator('.first').waitFor();
  await first.screenshot({ path: 'docs/images/report.png' });
  const path = await browser.newPage({ viewport: { width: 1180, height: 900 }, colorScheme: 'dark' });
  await path.goto(`file://${sample}#principal=${encodeURIComponent('arn:aws:iam::777788889999:user/ci/ci-deployer')}`);
  await path.locator('#admins-list .picture svg').screenshot({ path: 'docs/images/attack-path.png' });
}
