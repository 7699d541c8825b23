import { z } from 'zod';
import { openExecutions } from '../../scanner/deliver/aws-executions.ts';
import { rescan } from '../contract.ts';
import { readStateMachine } from '../environment.ts';
import { timeLeft } from '../finish-scan.ts';
import type { Invocation } from '../invocation.ts';
import { openTelemetry } from '../telemetry.ts';
import { type Change, runRescan } from './run-rescan.ts';

// For the log lines. Lambda would stop the function without a word.
const MILLISECONDS_AT_THE_END = 2_000;

/** Messages of EventBridge: JSON texts. https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
const batchSchema = z.object({
  Records: z.array(
    z.object({ messageId: z.string(), body: z.string(), attributes: z.object({ SentTimestamp: z.coerce.number() }) }),
  ),
});

/** Which messages go back to the queue. */
interface BatchResponse {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/**
 * Starts a run of the state machine for changes in accounts.
 *
 * @throws Error when Step Functions does not answer. Then all messages go back to the queue.
 */
export async function handler(sent: unknown, invocation: Invocation): Promise<BatchResponse> {
  const { env } = process;
  const telemetry = openTelemetry(env['AWS_LAMBDA_FUNCTION_NAME'] ?? rescan.module, invocation.awsRequestId);
  try {
    const until = timeLeft({ remaining: invocation.getRemainingTimeInMillis }, MILLISECONDS_AT_THE_END);
    const executions = openExecutions(readStateMachine(env), { until });
    const changes = batchSchema.parse(sent).Records.flatMap(changeOf);
    const outcome = await runRescan({ now: Date.now(), executions }, changes);
    telemetry.rescan(outcome);
    return { batchItemFailures: outcome.waiting.map((itemIdentifier) => ({ itemIdentifier })) };
  } catch (error) {
    telemetry.crash(error);
    throw error;
  }
}

type Message = z.output<typeof batchSchema>['Records'][number];

/** Only EventBridge can send to the queue, and only these two. Anything else says nothing about an account, and is left out. */
function changeOf({ messageId, body, attributes: { SentTimestamp: sentAt } }: Message): readonly Change[] {
  const [, text = ''] = /^"(.*)"$/.exec(body) ?? [];
  if (text === rescan.ofOrganization) return [{ messageId, account: undefined, sentAt }];
  return /^\d{12}$/.test(text) ? [{ messageId, account: text, sentAt }] : [];
}
