import { parseAddress, parseRange } from './ip-address.ts';
import { notMatchingReadable } from './value-test.ts';
import type { CompileValues, Operator } from './value-test.ts';

/** Reads the address of the request once, for all ranges. A range that is malformed contains no address. */
const inRanges: CompileValues = (values) => {
  const ranges = values.map(parseRange).filter((range) => range !== undefined);
  return {
    reach: ranges.length === 0 ? 'none' : 'some',
    matches: (text) => {
      const address = parseAddress(text);
      if (address === undefined) return 'malformed';
      return ranges.some(({ bits, shift, network }) => bits === address.bits && address.value >> shift === network);
    },
  };
};

const inside: Operator = { negated: false, compile: inRanges };
const outside = notMatchingReadable(inRanges);

/**
 * IP address operators: an address or a CIDR range, of IPv4 or IPv6; a bare address is a range of one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
 */
export const ipOperators = { IpAddress: inside, NotIpAddress: outside };
