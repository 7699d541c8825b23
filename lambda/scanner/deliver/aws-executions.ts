import type { AccountClientResolvedConfig } from '@aws-sdk/client-account';
import { AwsJson1_0Protocol } from '@aws-sdk/core/protocols';
import type { MetadataBearer } from '@smithy/types';
import { parseArn } from '../model/arn.ts';
import type { Instant } from '../model/instant.ts';
import type { RequestLimits } from '../requests/request-handler.ts';
import { commandsOf, shapes } from '../requests/sdk-schemas.ts';
import { listOf, openService, operation } from './small-clients.ts';

/** An execution of a state machine. */
export interface Execution {
  readonly name: string;
  readonly status: string;
  readonly startedAt: Instant;
}

/** The executions of one state machine. */
export interface Executions {
  /** The latest executions, at most 100. Throws if AWS does not list them. */
  readonly latest: () => Promise<readonly Execution[]>;
  /** Starts an execution. Returns false if the name was used before: then nothing is started. */
  readonly start: (name: string, input: object) => Promise<boolean>;
}

/**
 * Opens the executions of a state machine, in its own Region.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html
 */
export function openExecutions(stateMachineArn: string, limits: RequestLimits): Executions {
  const client = openService(
    'states',
    { ...limits, purpose: 'start a run' },
    {
      region: parseArn(stateMachineArn)?.region ?? '',
      protocol: AwsJson1_0Protocol,
      protocolSettings: { defaultNamespace: STATES, serviceTarget: 'AWSStepFunctions', version: '2016-11-23' },
    },
  );
  return {
    latest: async () => {
      const { executions } = await client.send(new ListExecutionsCommand({ stateMachineArn, maxResults: 100 }));
      // Taken for none, a second run would start beside one that goes on.
      if (executions === undefined) throw new Error('AWS left the list of executions out of its answer');
      return executions.map(({ name, status, startDate }) => ({ name, status, startedAt: startDate.getTime() }));
    },
    start: async (name, input) => {
      try {
        await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
        return true;
      } catch (error) {
        if (error instanceof Error && error.name === 'ExecutionAlreadyExists') return false;
        throw error;
      }
    },
  };
}

const STATES = 'com.amazonaws.sfn';

interface ListExecutionsResponse extends MetadataBearer {
  readonly executions?: readonly { readonly name: string; readonly status: string; readonly startDate: Date }[];
}

class ListExecutionsCommand extends commandsOf<AccountClientResolvedConfig>('SFN', 'SFNClient')<
  { readonly stateMachineArn: string; readonly maxResults: number },
  ListExecutionsResponse
>(
  {},
  () => [],
  'ListExecutions',
  operation(
    STATES,
    'ListExecutions',
    { stateMachineArn: shapes.text, maxResults: shapes.number },
    { executions: listOf(STATES, 'ExecutionListItem', { name: shapes.text, status: shapes.text, startDate: shapes.seconds }) },
  ),
) {}

class StartExecutionCommand extends commandsOf<AccountClientResolvedConfig>('SFN', 'SFNClient')<
  { readonly stateMachineArn: string; readonly name: string; readonly input: string },
  MetadataBearer
>(
  {},
  () => [],
  'StartExecution',
  operation(STATES, 'StartExecution', { stateMachineArn: shapes.text, name: shapes.text, input: shapes.text }, {}),
) {}
