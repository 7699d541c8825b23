import { matchesNothing, matching, testing } from './value-test.ts';
import type { CompileValue } from './value-test.ts';

/** Base64 as RFC 4648 writes it, with padding and without stray bits: each text is the only one for its bytes. */
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$/;

const binaryEquals: CompileValue = (value) => (base64.test(value) ? testing((actual) => actual === value) : matchesNothing);

/**
 * `BinaryEquals`: base64 in the policy and in the request, compared byte by byte.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_BinaryEquals
 */
export const binaryOperators = { BinaryEquals: matching(binaryEquals) };
