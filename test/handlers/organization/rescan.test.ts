import { handler } from '../../../lambda/handlers/organization/rescan.ts';
import { type Change, runRescan } from '../../../lambda/handlers/organization/run-rescan.ts';
import type { Execution } from '../../../lambda/scanner/deliver/aws-executions.ts';
import { environmentFor, withEnvironment } from '../../support/aws/environment.ts';
import { startLoopbackAws } from '../../support/aws/loopback-aws.ts';
import type { Quirks } from '../../support/aws/quirks.ts';
import { type LoopbackStateMachine, withStateMachine } from '../../support/aws/services/step-functions.ts';
import { smallAccount } from '../../support/aws/small-account.ts';
import { silently } from '../silently.ts';

const printed = silently();

const at = (time: string) => Date.parse(`2026-11-20T${time}:00Z`);
const NOW = at('10:07');
const idOf = (index: number) => String(index + 1).padStart(12, '1');
const inAccount = (account: string, sent = '10:00'): Change => ({ messageId: `${account} ${sent}`, account, sentAt: at(sent) });
const ofOrganization = (sent = '10:00'): Change => ({ messageId: `organization ${sent}`, account: undefined, sentAt: at(sent) });
const execution = (name: string, status: string, started: string): Execution => ({ name, status, startedAt: at(started) });
const many = Array.from({ length: 10 }, (_, index) => inAccount(idOf(index)));

/** What is started for these changes, and what goes back to the queue. */
async function outcomeOf(changes: readonly Change[], latest: readonly Execution[] = [], taken: readonly string[] = []) {
  const started: (readonly [string, object])[] = [];
  const start = (name: string, input: object) => {
    if (taken.includes(name)) return Promise.resolve(false);
    started.push([name, input]);
    return Promise.resolve(true);
  };
  const { waiting } = await runRescan({ now: NOW, executions: { latest: () => Promise.resolve(latest), start } }, changes);
  return { started, waiting };
}

const [A, B] = [idOf(0), idOf(1)];
const PART = 'accounts-2026-11-20T1005';
const ALL = 'organization-2026-11-20T10';

describe('changes start one run', () => {
  test.each<[string, readonly Change[], readonly [string, object]]>([
    ['of one account', [inAccount(A)], [PART, { accounts: [A] }]],
    [
      'of several accounts, and one of them twice',
      [inAccount(B), inAccount(A), inAccount(B, '10:05')],
      [PART, { accounts: [A, B] }],
    ],
    ['of as many accounts as a batch has: there may be more', many, [ALL, {}]],
    ['of the organization', [ofOrganization()], [ALL, {}]],
    ['of the organization, besides an account', [inAccount(A), ofOrganization()], [ALL, {}]],
  ])('%s', async (_name, changes, started) => {
    expect(await outcomeOf(changes)).toEqual({ started: [started], waiting: [] });
  });
});

describe('changes wait', () => {
  const waiting = [inAccount(A), ofOrganization()].map(({ messageId }) => messageId);

  test('while any run goes on', async () => {
    const running = [execution('other', 'SUCCEEDED', '03:00'), execution('night', 'RUNNING', '09:50')];
    expect(await outcomeOf([inAccount(A), ofOrganization()], running)).toEqual({ started: [], waiting });
  });

  test('for the next five minutes, if there was a run over accounts in these', async () => {
    expect(await outcomeOf([inAccount(A)], [], [PART])).toEqual({ started: [], waiting: [inAccount(A).messageId] });
  });

  test('for the next hour, if there was a run over all accounts in this: meanwhile the accounts of the batch are read', async () => {
    expect(await outcomeOf(many, [], [ALL])).toEqual({
      started: [[PART, { accounts: many.map(({ account }) => account).toSorted() }]],
      waiting: [],
    });
    expect(await outcomeOf([inAccount(A), ofOrganization()], [], [ALL])).toEqual({
      started: [[PART, { accounts: [A] }]],
      waiting: [ofOrganization().messageId],
    });
    expect(await outcomeOf([ofOrganization()], [], [ALL])).toEqual({ started: [], waiting: [ofOrganization().messageId] });
  });
});

describe('what a run over all accounts has seen is done', () => {
  test.each<[string, Execution, boolean]>([
    ['it began when the message could be received', execution(ALL, 'SUCCEEDED', '10:07'), true],
    ['it began before', execution(ALL, 'SUCCEEDED', '10:06'), false],
    ['it failed', execution(ALL, 'FAILED', '10:07'), false],
    ['it was over some accounts', execution(PART, 'SUCCEEDED', '10:07'), false],
  ])('%s', async (_name, finished, isDone) => {
    const { started, waiting } = await outcomeOf([inAccount(A, '10:00')], [finished]);
    expect([started.length, waiting]).toEqual([isDone ? 0 : 1, []]);
  });
});

/** The name of the run over accounts in the five minutes of this time. */
const partAt = (time: number) => `accounts-${new Date(time - (time % 300_000)).toISOString().slice(0, 16).replace(':', '')}`;

const ARN = 'arn:aws:states:eu-west-1:111122223333:stateMachine:Run';
const invocation = {
  awsRequestId: '1',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:x',
  getRemainingTimeInMillis: () => 60_000,
};
const record = (body: string, messageId = body) => ({
  messageId,
  body,
  attributes: { SentTimestamp: String(Date.now() - 420_000) },
});

async function handle(bodies: readonly string[], machine: LoopbackStateMachine, quirks: Quirks = {}) {
  const aws = await startLoopbackAws(smallAccount, withStateMachine(quirks, machine));
  const variables = { ...environmentFor(aws.endpoint), IAM_VIGIL_STATE_MACHINE: ARN };
  try {
    const answer = await withEnvironment(variables, () => handler({ Records: bodies.map((body) => record(body)) }, invocation));
    return { answer, calls: aws.calls };
  } finally {
    await aws.stop();
  }
}

describe('the function', () => {
  test('starts the state machine for the messages of a batch, in its Region', async () => {
    const machine: LoopbackStateMachine = { arn: ARN, executions: [] };
    const { answer, calls } = await handle([`"${A}"`, `"${B}"`], machine);
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(machine.executions.map(({ input }) => JSON.parse(input) as unknown)).toEqual([{ accounts: [A, B] }]);
    expect(calls).toEqual([
      { service: 'states', action: 'ListExecutions', region: 'eu-west-1' },
      { service: 'states', action: 'StartExecution', region: 'eu-west-1' },
    ]);
  });

  test('gives the messages back while a run goes on, and after the run of these minutes', async () => {
    const back = { batchItemFailures: [{ itemIdentifier: `"${A}"` }] };
    const executions = [0, 300_000].map((later) => ({
      name: partAt(Date.now() + later),
      ...{ status: 'SUCCEEDED', startDate: '2026-11-20T03:00:00Z', input: '{}' },
    }));
    const machine: LoopbackStateMachine = { arn: ARN, executions };
    expect((await handle([`"${A}"`], machine)).answer).toEqual(back);
    machine.executions.push({ name: 'night', status: 'RUNNING', startDate: '2026-11-20T03:00:00Z', input: '{}' });
    const { answer, calls } = await handle([`"${A}"`], machine);
    expect(answer).toEqual(back);
    expect(calls.map(({ action }) => action)).toEqual(['ListExecutions']);
    expect(machine.executions).toHaveLength(3);
  });

  test.each(['{"account": "111111111111"}', '"../../etc"', '"1111111111112"', '111111111111', ''])(
    'takes no account from a message of another form: %s',
    async (body) => {
      const machine: LoopbackStateMachine = { arn: ARN, executions: [] };
      expect((await handle([body], machine)).answer).toEqual({ batchItemFailures: [] });
      expect(machine.executions).toEqual([]);
    },
  );

  test('fails if Step Functions denies the call, so that all messages go back', async () => {
    await expect(handle([`"${A}"`], { arn: ARN, executions: [] }, { deny: ['states:StartExecution'] })).rejects.toThrow(
      'not authorized to perform: states:StartExecution',
    );
    expect(printed.join('')).toContain('scan failed');
  });

  test('fails if AWS leaves out which runs go on, and starts none', async () => {
    const machine: LoopbackStateMachine = { arn: ARN, executions: [] };
    await expect(handle([`"${A}"`], machine, { withoutList: ['states:ListExecutions'] })).rejects.toThrow(
      'AWS left the list of executions out of its answer',
    );
    expect(machine.executions).toEqual([]);
  });

  test('fails without the state machine, and names the variable', async () => {
    await expect(handler({ Records: [] }, invocation)).rejects.toThrow('IAM_VIGIL_STATE_MACHINE');
  });
});
