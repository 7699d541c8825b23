import type { Context } from '../context.ts';
import type { UnknownVariable } from '../variables.ts';

/** Whether a value of the request matches: yes, no, or it depends on an unknown variable. */
export type Match = boolean | UnknownVariable;

/**
 * One value of a policy, compiled for its operator, negation left out. `reach` tells what holds for all requests: `every` text
 * matches, `none` does, or it depends on the text (`some`).
 */
export interface ValueTest {
  readonly reach: 'every' | 'none' | 'some';
  readonly matches: (value: string, context: Context) => Match;
}

/** Compiles one policy value; `variables` says whether `${…}` is a variable (language version 2012-10-17) or plain text. */
export type CompileValue = (value: string, variables: boolean) => ValueTest;

/** An operator without its `Not`: `negated` inverts the answer. */
export interface Operator {
  readonly negated: boolean;
  readonly compile: CompileValue;
}

/** A policy value that its operator cannot parse: nothing matches it. */
export const matchesNothing: ValueTest = { reach: 'none', matches: () => false };

/** A test that needs only the value of the request. */
export const testing = (matches: (value: string) => boolean): ValueTest => ({ reach: 'some', matches });

/** The operator that is true where a policy value matches. */
export const matching = (compile: CompileValue): Operator => ({ negated: false, compile });

/** The operator that is true where no policy value matches. */
export const notMatching = (compile: CompileValue): Operator => ({ negated: true, compile });
