import { gzipSync } from 'node:zlib';
import { openStore } from '../../lambda/scanner/deliver/aws-store.ts';
import { environmentFor, withEnvironment } from '../support/aws/environment.ts';
import { type LoopbackAws, startLoopbackAws } from '../support/aws/loopback-aws.ts';
import { withBucket } from '../support/aws/services/s3.ts';
import { smallAccount } from '../support/aws/small-account.ts';

jest.setTimeout(60_000);

const { accountId: owner } = smallAccount;
const objects = new Map<string, Buffer>();
let aws: LoopbackAws;
beforeAll(async () => {
  aws = await startLoopbackAws(smallAccount, withBucket({}, { name: 'store', objects }));
});
afterAll(() => aws.stop());

const find = (key: string, bucket = 'store') =>
  withEnvironment(environmentFor(aws.endpoint), () => openStore({ bucket, owner }).find(key));

test.each<[string, Buffer | undefined, object]>([
  ['is not there', undefined, { status: 'absent' }],
  ['is a value', gzipSync('{"a":1}'), { status: 'found', value: { a: 1 } }],
  ['is not compressed', Buffer.from('{"a":1}'), { status: 'corrupt' }],
  ['is cut off', gzipSync('{"a":1}').subarray(0, 12), { status: 'corrupt' }],
  ['is no JSON', gzipSync('{"a":'), { status: 'corrupt' }],
])('what %s', async (_name, content, expected) => {
  objects.clear();
  if (content !== undefined) objects.set('key', content);
  expect(await find('key')).toMatchObject(expected);
});

test('a call that fails is no corrupt value', async () => {
  await expect(find('key', 'another')).rejects.toThrow('does not exist');
});
