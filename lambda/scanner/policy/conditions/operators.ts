import type { OperatorName } from '../policy.ts';
import { arnOperators } from './arn.ts';
import { binaryOperators } from './binary.ts';
import { booleanOperators } from './boolean.ts';
import { dateOperators } from './date.ts';
import { ipOperators } from './ip.ts';
import { numericOperators } from './numeric.ts';
import { stringOperators } from './string.ts';
import type { Operator } from './value-test.ts';

/** All operators that compare values: all but `Null`. */
export const operators: Readonly<Record<Exclude<OperatorName, 'Null'>, Operator>> = {
  ...stringOperators,
  ...numericOperators,
  ...dateOperators,
  ...booleanOperators,
  ...binaryOperators,
  ...ipOperators,
  ...arnOperators,
};
