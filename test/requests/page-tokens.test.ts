import { deliverToSecurityHub } from '../../lambda/scanner/deliver/security-hub.ts';
import { FailedCall } from '../../lambda/scanner/collect/failure.ts';
import { listed } from '../../lambda/scanner/collect/compute/look.ts';
import { allPages } from '../../lambda/scanner/collect/pages.ts';
import { NOW } from '../support/builders.ts';
import { CHECKS, aHub, defaults, directly, reportOf } from '../deliver/support.ts';

/** What a server returns as the token of the page after each of its pages, for ever. */
const servers: Readonly<Record<string, (page: number) => string>> = {
  'the same token each time': () => 'again',
  'two tokens in turn': (page) => `token-${page % 2}`,
  'a token of a page long before': (page) => (page < 50 ? `token-${page}` : 'token-3'),
  'a new token each time, and nothing else': (page) => `token-${page}`,
};

const cases = Object.entries(servers);
const neverEnds = /so the list would never end|more than 10000 pages/;

test.each(cases)('a list of IAM ends: %s', async (_name, tokenAfter) => {
  let page = 0;
  const pages = allPages(() => Promise.resolve({ IsTruncated: true, Marker: tokenAfter(page++) }));
  await expect(pages).rejects.toThrow(neverEnds);
  expect(page).toBeLessThanOrEqual(10_001);
});

test.each(cases)('a list of another service ends, as a failed call: %s', async (_name, tokenAfter) => {
  let page = 0;
  const items = listed(
    'ec2:DescribeInstances',
    () => Promise.resolve(tokenAfter(page++)),
    (next) => ({ items: [], next }),
  );
  const error: unknown = await items.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(FailedCall);
  expect((error as FailedCall).cause).toMatchObject({ message: expect.stringMatching(neverEnds) as string });
});

test.each(cases)('the list of findings ends, and nothing is written: %s', async (_name, tokenAfter) => {
  const hub = aHub();
  let page = 0;
  const port = { ...directly(hub), read: () => Promise.resolve({ findings: [], next: tokenAfter(page++) }) };
  const options = { ...defaults, now: NOW, checks: CHECKS.map((id) => ({ id })) };
  await expect(deliverToSecurityHub(port, reportOf([], { checks: CHECKS.length }), options)).rejects.toMatchObject({
    name: 'SecurityHubError',
    message: expect.stringMatching(neverEnds) as string,
  });
  expect(hub.calls).toEqual([]);
});
