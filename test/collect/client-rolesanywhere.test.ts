import { Readable } from 'node:stream';
import { HttpResponse } from '@smithy/core/protocols';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import {
  ListCrlsCommand,
  ListProfilesCommand,
  ListTrustAnchorsCommand,
  openRolesAnywhere,
} from '../../lambda/scanner/collect/client-rolesanywhere.ts';
import { NoSuchHost } from '../../lambda/scanner/collect/no-such-host.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { environmentFor, withEnvironment } from '../support/aws/environment.ts';

type Sent = Parameters<NodeHttpHandler['handle']>[0];

/** Answers every request with the same, or fails it, and keeps what was asked. */
class Answering extends NodeHttpHandler {
  readonly sent: Sent[] = [];
  readonly #answer: Json | Error;

  constructor(answer: Json | Error) {
    super();
    this.#answer = answer;
  }

  override handle(request: Sent): ReturnType<NodeHttpHandler['handle']> {
    this.sent.push(request);
    if (this.#answer instanceof Error) return Promise.reject(this.#answer);
    const body = Readable.from([JSON.stringify(this.#answer)]);
    return Promise.resolve({ response: new HttpResponse({ statusCode: 200, headers: {}, body }) });
  }
}

const credentials = () => Promise.resolve({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' });
const { AWS_ENDPOINT_URL: _, ...environment } = environmentFor('');

/** Asks in a Region, and gives back what came of it and what was sent. */
async function ask(
  command: ListTrustAnchorsCommand | ListCrlsCommand | ListProfilesCommand,
  { answer = {}, region = 'eu-west-1', variables = {} }: { answer?: Json | Error; region?: string; variables?: object } = {},
) {
  const requestHandler = new Answering(answer);
  const client = openRolesAnywhere({ region, credentials, requestHandler, retryMode: 'adaptive', maxAttempts: 12 });
  const found = await withEnvironment({ ...environment, ...variables }, () =>
    client.send(command).catch((error: unknown) => error),
  );
  return { found, sent: requestHandler.sent };
}

const first = { nextToken: undefined };

test.each([
  ['eu-west-1', {}, 'rolesanywhere.eu-west-1.amazonaws.com'],
  ['cn-north-1', {}, 'rolesanywhere.cn-north-1.amazonaws.com.cn'],
  ['us-gov-west-1', { AWS_USE_FIPS_ENDPOINT: 'true' }, 'rolesanywhere-fips.us-gov-west-1.amazonaws.com'],
  ['eu-west-1', { AWS_USE_DUALSTACK_ENDPOINT: 'true' }, 'rolesanywhere.eu-west-1.api.aws'],
  ['eu-west-1', { AWS_ENDPOINT_URL: 'http://localhost:1' }, 'localhost'],
  ['eu-west-1', { AWS_ENDPOINT_URL_ROLESANYWHERE: 'http://here:1', AWS_ENDPOINT_URL: 'http://localhost:1' }, 'here'],
  ['eu-west-1', { AWS_ENDPOINT_URL_ACCOUNT: 'http://elsewhere:1' }, 'rolesanywhere.eu-west-1.amazonaws.com'],
])('in %s with %j it asks %s, and signs for the service and the Region', async (region, variables, hostname) => {
  const { sent } = await ask(new ListCrlsCommand(first), { region, variables });
  expect(sent).toMatchObject([{ hostname, method: 'GET', path: '/crls' }]);
  expect(sent[0]?.headers['authorization']).toContain(`/${region}/rolesanywhere/aws4_request`);
});

test.each<
  [ListTrustAnchorsCommand | ListCrlsCommand | ListProfilesCommand, string, Readonly<Record<string, readonly object[]>>, object]
>([
  [
    new ListTrustAnchorsCommand({ nextToken: 'a/b=' }),
    '/trustanchors',
    {
      trustAnchors: [
        {
          trustAnchorId: 'i',
          trustAnchorArn: 'a',
          name: 'n',
          enabled: false,
          source: { sourceType: 'CERTIFICATE_BUNDLE', sourceData: { x509CertificateData: 'MII' } },
        },
      ],
    },
    { createdAt: '2026-01-01T00:00:00Z' },
  ],
  [
    new ListCrlsCommand({ nextToken: 'a/b=' }),
    '/crls',
    { crls: [{ crlId: 'i', crlArn: 'a', name: 'n', enabled: true, trustAnchorArn: 't' }] },
    { crlData: 'AAAA' },
  ],
  [
    new ListProfilesCommand({ nextToken: 'a/b=' }),
    '/profiles',
    {
      profiles: [
        {
          profileId: 'i',
          profileArn: 'a',
          name: 'n',
          enabled: true,
          roleArns: ['r'],
          sessionPolicy: '{}',
          managedPolicyArns: ['m'],
        },
      ],
    },
    { durationSeconds: 3600 },
  ],
])('%#: sends the token, and reads of an answer what is asked for', async (command, path, answer, more) => {
  const whole = Object.fromEntries(
    Object.entries(answer).map(([field, items]) => [field, items.map((item) => ({ ...item, ...more }))]),
  );
  const { found, sent } = await ask(command, { answer: { ...whole, nextToken: 'next' } });
  expect(sent).toMatchObject([{ path, query: { nextToken: 'a/b=' } }]);
  expect(found).toEqual({ $metadata: expect.anything() as object, nextToken: 'next', ...answer });
});

test('a host that DNS does not know is not asked for again', async () => {
  const unknown = Object.assign(new Error('getaddrinfo ENOTFOUND rolesanywhere.eu-west-1.amazonaws.com'), { code: 'ENOTFOUND' });
  const { found, sent } = await ask(new ListCrlsCommand(first), { answer: unknown });
  expect(found).toBeInstanceOf(NoSuchHost);
  expect(found).toMatchObject({ message: unknown.message });
  expect(sent).toHaveLength(1);
});

test.each(['EAI_AGAIN', 'ECONNRESET'])('%s is tried again', async (code) => {
  const trouble = Object.assign(new Error(code), { code });
  const requestHandler = new Answering(trouble);
  const client = openRolesAnywhere({
    region: 'eu-west-1',
    credentials,
    requestHandler,
    retryMode: 'adaptive',
    maxAttempts: 2,
  });
  const found = await withEnvironment(environment, () =>
    client.send(new ListCrlsCommand(first)).catch((error: unknown) => error),
  );
  expect(found).toBe(trouble);
  expect(requestHandler.sent).toHaveLength(2);
});
