import { connect } from '../../lambda/scanner/collect/aws.ts';
import { openSecurityHub } from '../../lambda/scanner/deliver/aws-security-hub.ts';
import { openStore } from '../../lambda/scanner/deliver/aws-store.ts';
import { environmentFor, withEnvironment } from '../support/aws/environment.ts';
import { startLoopbackAws } from '../support/aws/loopback-aws.ts';
import type { Quirks } from '../support/aws/quirks.ts';
import { smallAccount } from '../support/aws/small-account.ts';
import { collectFrom } from './live.ts';

jest.setTimeout(60_000);

const answerWithin = 150;
const ways = ['silent', 'dripping'] as const;

/** What the work, with this AWS, fails with, and how many requests arrived. */
async function failureWith(quirks: Quirks, work: () => Promise<unknown>) {
  const aws = await startLoopbackAws(smallAccount, quirks);
  try {
    const message = await withEnvironment(environmentFor(aws.endpoint), () => work().then(() => 'worked', String));
    return { message, requests: aws.calls.length };
  } finally {
    await aws.stop();
  }
}

describe.each(ways)('a service that takes a request and is %s', (way) => {
  test('makes only what was asked for unavailable, says so, and is asked three times', async () => {
    const { snapshot, calls } = await collectFrom(
      smallAccount,
      { neverAnswered: { 'iam:GetAccountPasswordPolicy': way } },
      { answerWithin },
    );
    expect(snapshot.facts.passwordPolicy).toMatchObject({
      status: 'unavailable',
      reason: expect.stringMatching(
        /^iam:GetAccountPasswordPolicy failed: NoAnswer: 127\.0\.0\.1 did not send a complete answer within 0\.15 seconds, 3 times$/,
      ) as unknown,
    });
    expect(snapshot.facts.accountSummary.status).toBe('collected');
    expect(calls.filter(({ action }) => action === 'GetAccountPasswordPolicy')).toHaveLength(3);
  });

  test('ends the start of a scan', async () => {
    const { message, requests } = await failureWith({ neverAnswered: { '*': way } }, () => connect({ answerWithin }));
    expect(message).toMatch(/AWS cannot be reached: NoAnswer: .*Check the network, the proxy and the Region/);
    expect(requests).toBe(3);
  });

  test.each([
    ['s3:PutObject', () => openStore({ bucket: 'store', owner: smallAccount.accountId, answerWithin }).put('key', 1)],
    ['s3:GetObject', () => openStore({ bucket: 'store', owner: smallAccount.accountId, answerWithin }).get('key')],
    [
      'securityhub:GetFindings',
      () =>
        openSecurityHub({ region: 'eu-west-1', answerWithin }).read(
          { productArn: 'arn', account: smallAccount.accountId, region: 'eu-west-1', idPrefix: 'iam-vigil' },
          undefined,
        ),
    ],
  ])('ends %s', async (action, work) => {
    const { message, requests } = await failureWith({ neverAnswered: { [action]: way } }, work);
    expect(message).toMatch(/NoAnswer: .* did not send a complete answer within 0\.15 seconds, 3 times/);
    expect(requests).toBe(3);
  });
});

test('a host that does not answer three requests is not asked again', async () => {
  const { message, requests } = await failureWith({ neverAnswered: { '*': 'silent' } }, async () => {
    const hub = openSecurityHub({ region: 'eu-west-1', answerWithin });
    for (let page = 0; page < 20; page += 1)
      await hub
        .read({ productArn: 'arn', account: smallAccount.accountId, region: 'eu-west-1', idPrefix: 'iam-vigil' }, String(page))
        .catch(() => undefined);
    throw new Error('done');
  });
  expect([message, requests]).toEqual(['Error: done', 9]);
});

test.each([
  ['the bucket', () => openStore({ bucket: 'store', owner: '111122223333', until: AbortSignal.timeout(2000) }).put('key', 1)],
  [
    'Security Hub',
    () =>
      openSecurityHub({ region: 'eu-west-1', until: AbortSignal.timeout(2000) }).read(
        { productArn: 'arn', account: '111122223333', region: 'eu-west-1', idPrefix: 'iam-vigil' },
        undefined,
      ),
  ],
])('calls of %s end with the time of the function', async (_name, work) => {
  const { message, requests } = await failureWith({ neverAnswered: { '*': 'silent' } }, work);
  expect([message, requests]).toEqual([expect.stringContaining('OutOfTime: there was no time left'), 1]);
});
