import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { handler } from '../../lambda/handlers/scan-account.ts';
import { runtimeActions } from '../../lambda/scanner/permissions.ts';
import { busyAccount } from '../collect/busy-account.ts';
import { environmentFor, withEnvironment } from '../support/aws/environment.ts';
import { type ReceivedCall, startLoopbackAws } from '../support/aws/loopback-aws.ts';
import { noMessages, withMessages } from '../support/aws/services/messages.ts';
import { withBucket } from '../support/aws/services/s3.ts';
import { LoopbackSecurityHub, withSecurityHub } from '../support/aws/services/security-hub.ts';
import { untoldObjects } from '../handlers/untold.ts';
import { actionsOf, statementsOf, templateOf } from './synthesized.ts';

jest.setTimeout(120_000);

/** An exception, so that a finding is suppressed, which takes an update. */
const config = `exceptions:
  - check: admin-user
    principal: '*'
    reason: being replaced
    owner: ops
    expires: '2099-01-01'
`;

const ofLambda: readonly string[] = runtimeActions;

/** What takes no permission. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
const free = ['sts:GetCallerIdentity'];

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:digest';

/** The calls of one run over an account that has something of everything, and something to tell. */
async function callsOfARun(digestTopic?: string): Promise<readonly ReceivedCall[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'iam-vigil-role-'));
  const file = path.join(folder, 'iam-vigil.yaml');
  await writeFile(file, config);
  const served = await busyAccount();
  const hub = new LoopbackSecurityHub(served.accountId, 'eu-west-1');
  const aws = await startLoopbackAws(
    served,
    withSecurityHub(withMessages(withBucket({}, { name: 'store', objects: untoldObjects() }), noMessages(TOPIC)), hub),
  );
  const topic = digestTopic === undefined ? {} : { IAM_VIGIL_DIGEST_TOPIC: digestTopic };
  const variables = { IAM_VIGIL_BUCKET: 'store', IAM_VIGIL_FINDINGS_REGION: 'eu-west-1', IAM_VIGIL_CONFIG: file, ...topic };
  try {
    const result = await withEnvironment({ ...environmentFor(aws.endpoint), ...variables }, () =>
      handler(
        {},
        {
          awsRequestId: 'run-1',
          invokedFunctionArn: `arn:aws:lambda:eu-west-1:${served.accountId}:function:vigil`,
          getRemainingTimeInMillis: () => 900_000,
        },
      ),
    );
    expect(result.problems).toEqual([]);
    return aws.calls;
  } finally {
    await aws.stop();
    await rm(folder, { recursive: true });
  }
}

test.each<[string, { readonly digestTopicArn?: string }]>([
  ['with a topic for the digest', { digestTopicArn: TOPIC }],
  ['without one', {}],
])('the role allows exactly the calls of the code, %s', async (_name, props) => {
  const calls = (await callsOfARun(props.digestTopicArn)).map(({ service, action }) => `${service}:${action}`);
  const called = [...new Set(calls)].filter((action) => !free.includes(action)).toSorted();
  const allowed = actionsOf(statementsOf(templateOf({ config, ...props }), 'ScanRole')).filter(
    (action) => !ofLambda.includes(action),
  );
  expect(called).toEqual(allowed);
});
