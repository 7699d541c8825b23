import validate from 'asl-validator';
import { definitionIn, organizationTemplate } from './organization-synthesised.ts';

jest.setTimeout(120_000);

test('the state machine is valid Amazon States Language, its paths and ARNs included', () => {
  const definition = definitionIn(organizationTemplate());
  const { isValid, errorsText } = validate(definition, { checkArn: true, checkPaths: true });
  expect([isValid, errorsText('\n')]).toEqual([true, '']);
});

test('the validator is at work', () => {
  const definition = definitionIn(organizationTemplate());
  const { Plan, ...others } = definition.States;
  const broken = { ...definition, States: { ...others, Plan: { ...Plan, Next: 'Nowhere' } } };
  expect(validate(broken).isValid).toBe(false);
});

test('every task is tried again: at once when a function could not begin, later when it failed', () => {
  const { States } = definitionIn(organizationTemplate());
  const tasks = Object.values(States).flatMap((state) =>
    state.ItemProcessor ? Object.values(state.ItemProcessor.States) : [state],
  );
  expect(tasks).toHaveLength(6);
  for (const { Type, Retry } of tasks)
    expect([Type, Retry]).toEqual([
      'Task',
      [
        expect.objectContaining({
          MaxAttempts: 10,
          JitterStrategy: 'FULL',
          ErrorEquals: expect.arrayContaining(['Lambda.TooManyRequestsException']) as unknown,
        }),
        expect.objectContaining({ MaxAttempts: 2, JitterStrategy: 'FULL', ErrorEquals: ['States.ALL'] }),
      ],
    ]);
});
