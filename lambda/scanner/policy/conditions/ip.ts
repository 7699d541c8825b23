import { matchesNothing, matching, notMatching, testing } from './value-test.ts';
import type { CompileValue } from './value-test.ts';

/** An address as a number of 32 or 128 bits. */
interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

const inRange: CompileValue = (value) => {
  const [base = '', prefix, ...rest] = value.split('/');
  const network = parseAddress(base);
  if (network === undefined || rest.length > 0) return matchesNothing;
  const length = prefix === undefined ? network.bits : parsePrefix(prefix, network.bits);
  if (length === undefined) return matchesNothing;
  const shift = BigInt(network.bits - length);
  const wanted = network.value >> shift;
  return testing((text) => {
    const address = parseAddress(text);
    return address?.bits === network.bits && address.value >> shift === wanted;
  });
};

function parsePrefix(text: string, bits: number): number | undefined {
  return /^\d{1,3}$/.test(text) && Number(text) <= bits ? Number(text) : undefined;
}

function parseAddress(text: string): Address | undefined {
  const value = text.includes(':') ? parseIpv6(text) : parseIpv4(text);
  return value === undefined ? undefined : { bits: text.includes(':') ? 128 : 32, value };
}

function parseIpv4(text: string): bigint | undefined {
  const bytes = text.split('.');
  if (bytes.length !== 4 || !bytes.every((byte) => /^(0|[1-9]\d{0,2})$/.test(byte) && Number(byte) < 256)) return undefined;
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

/** RFC 4291: eight hexadecimal groups; one run of zeros may be written `::`, and the last two groups as an IPv4 address. */
function parseIpv6(text: string): bigint | undefined {
  const sides = embedIpv4(text).split('::');
  const [head = [], tail = []] = sides.map((side) => (side === '' ? [] : side.split(':')));
  const missing = 8 - head.length - tail.length;
  if (sides.length > 2 || (sides.length === 2 ? missing < 1 : missing !== 0)) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}

/** Rewrites a trailing `1.2.3.4` as two hexadecimal groups. */
function embedIpv4(text: string): string {
  const start = text.lastIndexOf(':') + 1;
  const value = parseIpv4(text.slice(start));
  if (value === undefined) return text;
  return `${text.slice(0, start)}${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
}

/**
 * IP address operators: an address or a CIDR range, of IPv4 or IPv6; a bare address is a range of one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
 */
export const ipOperators = { IpAddress: matching(inRange), NotIpAddress: notMatching(inRange) };
