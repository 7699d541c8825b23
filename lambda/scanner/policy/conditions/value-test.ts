import type { Context } from '../context.ts';
import type { UnknownVariable } from '../variables.ts';

/** Whether a value of the request matches: yes, no, or it hangs on a variable that nobody knows. */
export type Match = boolean | UnknownVariable;

/**
 * One value of a policy, compiled for its operator, negation left out. `reach` is what can be said without a request: `every`
 * text matches, `none` does, or it takes a look.
 */
export interface ValueTest {
  readonly reach: 'every' | 'none' | 'some';
  readonly matches: (value: string, context: Context) => Match;
}

/** Compiles one policy value; `variables` says whether `${…}` is a variable (language version 2012-10-17) or plain text. */
export type CompileValue = (value: string, variables: boolean) => ValueTest;

/** An operator without its `Not`: `negated` turns the answer around. */
export interface Operator {
  readonly negated: boolean;
  readonly compile: CompileValue;
}

/** A policy value that its operator cannot read: nothing matches it. */
export const matchesNothing: ValueTest = { reach: 'none', matches: () => false };

/** A test that needs the request's value alone. */
export const testing = (matches: (value: string) => boolean): ValueTest => ({ reach: 'some', matches });

/** The operator that is true where a policy value matches. */
export const matching = (compile: CompileValue): Operator => ({ negated: false, compile });

/** The operator that is true where no policy value matches. */
export const notMatching = (compile: CompileValue): Operator => ({ negated: true, compile });
