import { createServer, request } from 'node:http';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { ACCOUNT } from './ministack.ts';

/** A call to AWS, as IAM authorizes it. */
export interface Call {
  readonly action: string;
  readonly arn: string;
}

/** What listens before an emulator, and writes down what is asked of CloudFormation and S3. */
export interface Recorder {
  readonly endpoint: string;
  readonly calls: readonly Call[];
  readonly stop: () => void;
}

/** Starts to listen on 127.0.0.1, and passes everything on. */
export async function startRecorder(emulator: string, region: string): Promise<Recorder> {
  const calls: Call[] = [];
  const server = createServer((incoming, answer) => {
    void (async () => {
      const body = await buffer(incoming);
      calls.push(callOf(incoming.method ?? '', incoming.url ?? '', body.toString('latin1'), region));
      const onward = request(`${emulator}${incoming.url ?? ''}`, { method: incoming.method, headers: incoming.headers });
      onward.once('response', (response) => {
        answer.writeHead(response.statusCode ?? 500, response.headers);
        response.pipe(answer);
      });
      onward.end(body);
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the recorder does not listen on a port');
  return { endpoint: `http://127.0.0.1:${address.port}`, calls, stop: () => server.close() };
}

/** CloudFormation is asked by a form, S3 by the path. Reading the head of an object is `s3:GetObject` to IAM. */
function callOf(method: string, url: string, body: string, region: string): Call {
  const form = new URLSearchParams(body);
  const action = form.get('Action');
  const stack = form.get('StackName')?.replace(/^arn:.*:stack\/([^/]*)\/.*$/, '$1');
  if (action !== null)
    return { action: `cloudformation:${action}`, arn: `arn:aws:cloudformation:${region}:${ACCOUNT}:stack/${stack ?? '*'}/1` };
  const [path = ''] = url.split('?');
  return {
    action: method === 'PUT' || method === 'POST' ? 's3:PutObject' : 's3:GetObject',
    arn: `arn:aws:s3:::${path.slice(1)}`,
  };
}
