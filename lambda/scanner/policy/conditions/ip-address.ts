/** An address as a number of 32 or 128 bits. */
interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/** The addresses whose value is `network` once shifted to the right by `shift` bits. */
interface Range {
  readonly bits: 32 | 128;
  readonly shift: bigint;
  readonly network: bigint;
}

/** The address that a request names; one of IPv4 mapped to IPv6 (`::ffff:…`) is one of IPv4. Undefined: it is none. */
export function parseAddress(text: string): Address | undefined {
  if (!text.includes(':')) return ipv4(text);
  const start = text.lastIndexOf(':') + 1;
  const embedded = text.includes('.', start);
  const value = embedded ? parseEmbedded(text.slice(0, start), text.slice(start)) : parseIpv6(text);
  if (value === undefined) return undefined;
  const isMapped = value >> 32n === MAPPED;
  // IPv4 notation is known for mapped addresses alone.
  if (embedded && !isMapped) return undefined;
  return isMapped ? { bits: 32, value: value & 0xffff_ffffn } : { bits: 128, value };
}

/** The range that a policy names; undefined: it contains no address. Bits of the host make only a range of IPv6 malformed. */
export function parseRange(text: string): Range | undefined {
  const [base = '', prefix, ...rest] = text.split('/');
  const network = base.includes(':') ? ipv6(base) : ipv4(base);
  if (network === undefined || rest.length > 0) return undefined;
  const length = prefix === undefined ? network.bits : parsePrefix(prefix, network.bits);
  if (length === undefined) return undefined;
  const shift = BigInt(network.bits - length);
  const range = { bits: network.bits, shift, network: network.value >> shift };
  return network.bits === 128 && range.network << shift !== network.value ? undefined : range;
}

/** The first 96 bits of an IPv4-mapped address. https://www.rfc-editor.org/rfc/rfc4291#section-2.5.5.2 */
const MAPPED = 0xffffn;

function parsePrefix(text: string, bits: number): number | undefined {
  return /^\+?\d+$/.test(text) && Number(text) <= bits ? Number(text) : undefined;
}

function ipv4(text: string): Address | undefined {
  const value = parseIpv4(text);
  return value === undefined ? undefined : { bits: 32, value };
}

function ipv6(text: string): Address | undefined {
  const value = parseIpv6(text);
  return value === undefined ? undefined : { bits: 128, value };
}

/** Four decimal bytes; leading zeros are of no account. */
function parseIpv4(text: string): bigint | undefined {
  const bytes = text.split('.');
  if (bytes.length !== 4 || !bytes.every((byte) => /^\d+$/.test(byte) && Number(byte) < 256)) return undefined;
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

function parseEmbedded(head: string, tail: string): bigint | undefined {
  const value = parseIpv4(tail);
  if (value === undefined) return undefined;
  return parseIpv6(`${head}${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`);
}

/**
 * Eight hexadecimal groups; one run of zeros may be written `::`. AWS is more lenient than RFC 4291: an empty group is zero, and
 * colons at the end of either side of the `::` are of no account.
 */
function parseIpv6(text: string): bigint | undefined {
  const sides = text.split('::');
  const [head = [], tail = []] = sides.map(groupsOf);
  const missing = 8 - head.length - tail.length;
  if (sides.length > 2 || (sides.length === 2 ? missing < 1 : missing !== 0)) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => ''), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{0,4}$/i.test(group))) return undefined;
  return groups.reduce((value, group) => (value << 16n) | BigInt(`0x0${group}`), 0n);
}

function groupsOf(side: string): readonly string[] {
  const groups = side.split(':');
  while (groups.at(-1) === '') groups.pop();
  return groups;
}
