import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openSecurityHub } from '../../lambda/scanner/deliver/aws-security-hub.ts';
import type { SecurityHub } from '../../lambda/scanner/deliver/hub.ts';
import { withEnvironment } from '../collect/live.ts';
import { environmentFor } from '../support/aws/environment.ts';

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
  test('is no finding', async () => {
    expect(await asking(200, {}, (hub) => hub.read(query))).toEqual({ findings: [] });
  });

  test('is no refusal', async () => {
    expect(await asking(200, {}, (hub) => hub.import([]))).toEqual([]);
    expect(await asking(200, {}, (hub) => hub.update(['a'], update))).toEqual([]);
  });

  test('of a refusal is empty, and the refusal counts', async () => {
    const nothing = { id: '', code: '', message: '' };
    expect(await asking(200, { FailedFindings: [{}] }, (hub) => hub.import([]))).toEqual([nothing]);
    expect(await asking(200, { UnprocessedFindings: [{}] }, (hub) => hub.update(['a'], update))).toEqual([nothing]);
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
