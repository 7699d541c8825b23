import { StateMachine } from 'aws-local-stepfunctions';
import type { Definition, State } from '../lib/organization-synthesized.ts';

// The interpreter is made for Node 22, and all that it takes of it is this.
Object.assign(Promise, {
  withResolvers: () => {
    const settle: unknown[] = [];
    const promise = new Promise((...given) => settle.push(...given));
    return { promise, resolve: settle[0], reject: settle[1] };
  },
});

/** What a task does with its input. */
export type Task = (input: unknown) => Promise<unknown>;

/** How the world around a state machine is played. */
export interface Stage {
  /** By the name of the state. */
  readonly tasks: Readonly<Record<string, Task>>;
  /** The lines of an object in the store, for the items of a distributed map. */
  readonly linesOf: (key: string) => readonly unknown[];
}

/** How an execution ended. */
export type Ending = { readonly output: unknown } | { readonly error: Error };

/**
 * Plays an execution on this machine, with an interpreter of Amazon States Language that others wrote. It knows no distributed map, so
 * each becomes what it is made of: the items are read, and mapped, and where all failures are tolerated a child that fails ends quietly.
 * Retries are kept, and wait for nothing.
 */
export async function execute(
  definition: Definition,
  { tasks, linesOf }: Stage,
  name: string,
  startTime: string,
  input: unknown = {},
): Promise<Ending> {
  const maps = Object.entries(definition.States).filter(([, { Type }]) => Type === 'Map');
  const readers = maps.map(([id]) => [
    `${id}: items`,
    (input: unknown) => Promise.resolve(linesOf(String((input as Readonly<Record<string, unknown>>)['key']))),
  ]);
  const children = maps.flatMap(([, { ItemProcessor }]) => Object.keys(ItemProcessor?.States ?? {}));
  const again = Object.fromEntries([...Object.keys(definition.States), ...children].map((id) => [id, 0]));
  // The interpreter's types are those of one definition; it checks what it is given.
  const machine = new StateMachine(began(undistributed(definition)) as never, { validationOptions: { noValidate: true } });
  const { result } = machine.run(
    // Any JSON.
    input as never,
    {
      overrides: {
        taskResourceLocalHandlers: { ...tasks, ...Object.fromEntries(readers) } as never,
        retryIntervalOverrides: again,
      },
      context: { Execution: { Name: name, Began: startTime } },
    },
  );
  try {
    return { output: await result };
  } catch (error) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** The interpreter takes its own clock for the time at which an execution starts, whatever it is told. */
const began = (definition: unknown): unknown =>
  JSON.parse(JSON.stringify(definition).replaceAll('$$.Execution.StartTime', () => '$$.Execution.Began')) as unknown;

const undistributed = (definition: Definition): unknown => {
  const starts = (next: unknown) =>
    typeof next === 'string' && definition.States[next]?.Type === 'Map' ? `${next}: items` : next;
  const states = Object.entries(definition.States).flatMap(([id, state]): [string, unknown][] => {
    const going = { ...state, ...('Next' in state ? { Next: starts(state['Next']) } : {}) };
    if (state.Type !== 'Map') return [[id, going]];
    return [
      [`${id}: items`, reader(id, state)],
      [id, inline(going)],
    ];
  });
  return { ...definition, StartAt: starts(definition.StartAt), States: Object.fromEntries(states) };
};

function reader(id: string, state: State) {
  const { Parameters } = state['ItemReader'] as { readonly Parameters: Readonly<Record<string, unknown>> };
  return { Type: 'Task', Resource: 'read', Parameters: { 'key.$': Parameters['Key.$'] }, ResultPath: '$.items', Next: id };
}

function inline({ ItemReader: _, ResultWriter: __, ToleratedFailurePercentage: tolerated, ItemProcessor, ...state }: State) {
  if (tolerated !== 100 || !ItemProcessor) throw new Error('only a map that tolerates all failures is played');
  const caught = (task: State): State => ({ ...task, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Failed' }] });
  const states: Readonly<Record<string, State>> = Object.fromEntries(
    Object.entries(ItemProcessor.States).map(([id, task]) => [id, caught(task)]),
  );
  const Failed = { Type: 'Pass', End: true };
  return {
    ...state,
    ItemsPath: '$.items',
    ItemProcessor: { StartAt: ItemProcessor.StartAt, States: { ...states, Failed } },
  };
}
