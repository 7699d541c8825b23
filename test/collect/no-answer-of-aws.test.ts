import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { analyze } from '../../lambda/scanner/escalation/analyze.ts';
import { checks } from '../../lambda/scanner/checks/index.ts';
import { connect } from '../../lambda/scanner/collect/aws.ts';
import { collect } from '../../lambda/scanner/collect/collect.ts';
import type { Snapshot } from '../../lambda/scanner/facts/snapshot.ts';
import { factsFor } from '../../lambda/scanner/permissions.ts';
import { environmentFor, withEnvironment } from '../support/aws/environment.ts';
import { ACCOUNT, NOW } from '../support/builders.ts';
import { judge } from './live.ts';

const CALLER = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::${ACCOUNT}:user/ann</Arn><UserId>AIDA1</UserId><Account>${ACCOUNT}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;

/** What answers in place of AWS, with the status of success. */
const answers: Readonly<Record<string, readonly [type: string, body: string]>> = {
  'nothing at all': ['text/xml', ''],
  'the page of a captive portal': [
    'text/html',
    '<!doctype html><html><head><title>Sign in</title></head><body><p>Welcome<br></body></html>',
  ],
  'a well-formed page': ['text/html', '<html><body><p>Welcome</p></body></html>'],
  'an empty object': ['application/json', '{}'],
  'an empty list': ['application/json', '[]'],
  null: ['application/json', 'null'],
  'an element that is empty': ['text/xml', '<Response/>'],
};

async function collectThrough([type, body]: readonly [type: string, body: string]): Promise<Snapshot> {
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const isCaller = text.includes('GetCallerIdentity');
      response.writeHead(200, { 'content-type': isCaller ? 'text/xml' : type }).end(isCaller ? CALLER : body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    return await withEnvironment(environmentFor(`http://127.0.0.1:${port}`), async () => {
      const { snapshot } = await collect(await connect({}), { facts: factsFor(checks), now: NOW, analyze });
      return snapshot;
    });
  } finally {
    server.close();
  }
}

test.each(Object.entries(answers))(
  '%s in place of AWS is no answer: no fact is collected, and no check passes',
  async (_name, answer) => {
    const snapshot = await collectThrough(answer);
    const seen = Object.entries(snapshot.facts).filter(([, fact]) => fact.status === 'collected');
    expect(seen).toEqual([]);
    const report = judge(snapshot);
    expect([report.complete, report.summary.passed]).toEqual([false, 0]);
  },
);
