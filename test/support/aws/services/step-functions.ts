import type { Handler, Handlers } from '../call.ts';
import type { Quirks } from '../quirks.ts';
import { Refusal } from '../refusal.ts';

/** A state machine of the account, and what was started in it. */
export interface LoopbackStateMachine {
  readonly arn: string;
  readonly executions: { readonly name: string; status: string; readonly startDate: string; readonly input: string }[];
}

const byQuirks = new WeakMap<Quirks, LoopbackStateMachine>();

/** Lets a loopback AWS that is started with these quirks have a state machine. */
export function withStateMachine(quirks: Quirks, machine: LoopbackStateMachine): Quirks {
  byQuirks.set(quirks, machine);
  return quirks;
}

function machineOf(quirks: Quirks, arn: string | undefined): LoopbackStateMachine {
  const machine = byQuirks.get(quirks);
  if (machine?.arn !== arn || machine === undefined)
    throw new Refusal(400, 'StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn ?? ''}'`);
  return machine;
}

/** The actions of Step Functions. https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html */
export const states: Handlers = new Map<string, Handler>([
  [
    'ListExecutions',
    ({ quirks }, { parameters }) => {
      const { arn, executions } = machineOf(quirks, parameters.get('stateMachineArn'));
      const listed = executions.slice(0, Number(parameters.get('maxResults')));
      return {
        executions: listed.map(({ name, status, startDate }) => ({
          ...{ name, status, startDate, stateMachineArn: arn },
          executionArn: `${arn.replace(':stateMachine:', ':execution:')}:${name}`,
        })),
      };
    },
  ],
  [
    'StartExecution',
    ({ quirks }, { parameters, signedAt }) => {
      const { arn, executions } = machineOf(quirks, parameters.get('stateMachineArn'));
      const [name = '', input = ''] = [parameters.get('name'), parameters.get('input')];
      const startDate = new Date(signedAt).toISOString();
      const same = executions.find((execution) => execution.name === name);
      if (same && (same.status !== 'RUNNING' || same.input !== input))
        throw new Refusal(400, 'ExecutionAlreadyExists', `Execution Already Exists: '${name}'`);
      if (!same) executions.unshift({ name, status: 'RUNNING', startDate, input });
      return { executionArn: `${arn.replace(':stateMachine:', ':execution:')}:${name}`, startDate };
    },
  ],
]);
