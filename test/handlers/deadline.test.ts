import { handler as correlate } from '../../lambda/handlers/organization/correlate.ts';
import { handler as deliver } from '../../lambda/handlers/organization/deliver.ts';
import { handler as plan } from '../../lambda/handlers/organization/plan.ts';
import { handler as scanMember } from '../../lambda/handlers/organization/scan-member.ts';
import { handler as summarize } from '../../lambda/handlers/organization/summarize.ts';
import { handler as scanAccount } from '../../lambda/handlers/scan-account.ts';
import { environmentFor, withEnvironment } from '../support/aws/environment.ts';
import { startLoopbackAws } from '../support/aws/loopback-aws.ts';
import { smallAccount } from '../support/aws/small-account.ts';
import { silently } from './silently.ts';

jest.setTimeout(30_000);
silently();

type Handler = (sent: unknown, invocation: Parameters<typeof scanAccount>[1]) => Promise<unknown>;

const handlers: Readonly<Record<string, Handler>> = {
  'scan-account': scanAccount,
  ...{ plan, 'scan-member': scanMember, correlate, deliver, summarize },
};

describe.each(['silent', 'dripping'] as const)('if AWS accepts requests and is %s', (way) => {
  test.each(Object.entries(handlers))('%s ends before Lambda stops it, and says why', async (_name, handler) => {
    const aws = await startLoopbackAws(smallAccount, { neverAnswered: { '*': way } });
    const environment = {
      ...environmentFor(aws.endpoint),
      IAM_VIGIL_BUCKET: 'store',
      IAM_VIGIL_FINDINGS_REGION: 'eu-west-1',
      IAM_VIGIL_DELIVER: 'none',
      IAM_VIGIL_ROLE: 'iam-vigil-member',
      IAM_VIGIL_EXTERNAL_ID: 'between-us',
    };
    const end = Date.now() + 6_000;
    const invocation = {
      awsRequestId: 'run-1',
      invokedFunctionArn: `arn:aws:lambda:eu-west-1:${smallAccount.accountId}:function:state`,
      getRemainingTimeInMillis: () => end - Date.now(),
    };
    const event = { run: { id: 'run-1', startedAt: '2026-11-20T03:00:00.000Z' }, account: smallAccount.accountId };
    try {
      const { account, ...run } = event;
      const sent = [plan, correlate, summarize].includes(handler as typeof plan) ? run : { ...run, account };
      await withEnvironment(environment, () => expect(handler(sent, invocation)).rejects.toThrow('there was no time left'));
      expect(end - Date.now()).toBeGreaterThan(0);
    } finally {
      await aws.stop();
    }
  });
});
