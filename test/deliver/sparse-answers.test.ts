import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openSecurityHub } from '../../lambda/scanner/deliver/aws-security-hub.ts';
import type { SecurityHub } from '../../lambda/scanner/deliver/hub.ts';
import type { AsffFinding } from '../../lambda/scanner/report/asff/finding.ts';
import { environmentFor, withEnvironment } from '../support/aws/environment.ts';

const query = { productArn: 'arn', account: '111122223333', region: 'eu-west-1', idPrefix: 'iam-vigil/' };
const update = { productArn: 'arn', workflow: 'NEW', note: 'n', noteBy: 'iam-vigil' } as const;

/** Asks a Security Hub that answers every call with this status and body. */
async function asking<T>(status: number, body: unknown, ask: (hub: SecurityHub) => Promise<T>, type = ''): Promise<T> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(status, { 'content-type': 'application/json', ...(type === '' ? {} : { 'x-amzn-errortype': type }) });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo;
  try {
    return await withEnvironment(environmentFor(`http://127.0.0.1:${port}`), () => ask(openSecurityHub({ region: 'eu-west-1' })));
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe('what Security Hub leaves out of an answer', () => {
  const [one, two] = [{ Id: 'one' }, { Id: 'two' }] as unknown as readonly [AsffFinding, AsffFinding];
  const processed = (id: string) => ({ Id: id, ProductArn: 'arn' });
  const failed = (id: string) => ({ Id: id, ErrorCode: 'InvalidInput', ErrorMessage: 'no' });

  test('is not an empty hub: an answer without its list fails', async () => {
    const message = 'securityhub:GetFindings failed: the answer has no list of findings';
    await expect(asking(200, {}, (hub) => hub.read(query))).rejects.toMatchObject({ failure: 'failed', message });
    expect(await asking(200, { Findings: [] }, (hub) => hub.read(query))).toEqual({ findings: [] });
  });

  test.each<[name: string, answer: object]>([
    ['nothing', {}],
    ['no count of successes', { FailedCount: 0, FailedFindings: [] }],
    ['no count of failures', { SuccessCount: 2 }],
    ['too few', { SuccessCount: 1, FailedCount: 0, FailedFindings: [] }],
    ['too many', { SuccessCount: 3, FailedCount: 0, FailedFindings: [] }],
    ['a failure that it does not list', { SuccessCount: 1, FailedCount: 1 }],
    ['a failure that it does not count', { SuccessCount: 2, FailedCount: 0, FailedFindings: [failed('one')] }],
    ['a failure of another finding', { SuccessCount: 1, FailedCount: 1, FailedFindings: [failed('three')] }],
    ['a failure without its Id', { SuccessCount: 1, FailedCount: 1, FailedFindings: [{}] }],
    ['the same failure twice', { SuccessCount: 0, FailedCount: 2, FailedFindings: [failed('one'), failed('one')] }],
    ['text for numbers', { SuccessCount: '2', FailedCount: '0', FailedFindings: [] }],
  ])('of an import is not taken for success: %s', async (_name, answer) => {
    const message = expect.stringMatching(
      /^securityhub:BatchImportFindings failed: the answer does not say what was done: /,
    ) as string;
    await expect(asking(200, answer, (hub) => hub.import([one, two]))).rejects.toMatchObject({ failure: 'failed', message });
  });

  test.each<[name: string, answer: object]>([
    ['nothing', {}],
    ['no list of what failed', { ProcessedFindings: [processed('a'), processed('b')] }],
    ['no list of what was done', { UnprocessedFindings: [] }],
    ['a finding that is in no list', { ProcessedFindings: [processed('a')], UnprocessedFindings: [] }],
    ['a finding that was not sent', { ProcessedFindings: ['a', 'b', 'c'].map(processed), UnprocessedFindings: [] }],
  ])('of an update is not taken for success: %s', async (_name, answer) => {
    const message = expect.stringMatching(
      /^securityhub:BatchUpdateFindings failed: the answer does not say what was done: /,
    ) as string;
    await expect(asking(200, answer, (hub) => hub.update(['a', 'b'], update))).rejects.toMatchObject({
      failure: 'failed',
      message,
    });
  });

  test('of a refusal is empty, and the refusal counts', async () => {
    const refused = [{ id: 'one', code: '', message: '' }];
    const failures = { SuccessCount: 1, FailedCount: 1, FailedFindings: [{ Id: 'one' }] };
    expect(await asking(200, failures, (hub) => hub.import([one, two]))).toEqual(refused);
    const unprocessed = { ProcessedFindings: [], UnprocessedFindings: [{ FindingIdentifier: processed('one') }] };
    expect(await asking(200, unprocessed, (hub) => hub.update(['one'], update))).toEqual(refused);
  });
});

test.each([
  ['InvalidAccessException', 'not-enabled'],
  ['AccessDeniedException', 'denied'],
  ['InvalidInputException', 'invalid'],
  ['ResourceConflictException', 'failed'],
])('%s is a call that is %s', async (type, failure) => {
  await expect(asking(400, { message: 'no' }, (hub) => hub.read(query), type)).rejects.toMatchObject({
    failure,
    message: `securityhub:GetFindings failed with HTTP status 400: ${type}: no`,
  });
});
