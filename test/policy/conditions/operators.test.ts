import type { Json } from '../../../lambda/scanner/model/json.ts';
import { holds } from '../support.ts';

type Case = readonly [name: string, operator: string, wanted: Json, actual: string, expected: boolean];

const strings: readonly Case[] = [
  ['equal', 'StringEquals', 'alice', 'alice', true],
  ['another case', 'StringEquals', 'alice', 'Alice', false],
  ['a star is a star', 'StringEquals', 'a*', 'alice', false],
  ['a star equals itself', 'StringEquals', 'a*', 'a*', true],
  ['one of several', 'StringEquals', ['bob', 'alice'], 'alice', true],
  ['none of none', 'StringEquals', [], 'alice', false],
  ['negated, one of several', 'StringNotEquals', ['bob', 'alice'], 'alice', false],
  ['negated, none of several', 'StringNotEquals', ['bob', 'carol'], 'alice', true],
  ['negated, none of none', 'StringNotEquals', [], 'alice', true],
  ['ignoring case', 'StringEqualsIgnoreCase', 'ALICE', 'alIce', true],
  ['ignoring case beyond ASCII', 'StringEqualsIgnoreCase', 'ÜÑÍ', 'üñí', true],
  ['ignoring case, negated', 'StringNotEqualsIgnoreCase', 'ALICE', 'alice', false],
  ['star', 'StringLike', 'a*e', 'alice', true],
  ['star for nothing', 'StringLike', 'alice*', 'alice', true],
  ['question mark', 'StringLike', 'al?ce', 'alice', true],
  ['question mark needs one', 'StringLike', 'alice?', 'alice', false],
  ['two question marks take an emoji', 'StringLike', '??', '😀', true],
  ['pattern, another case', 'StringLike', 'A*', 'alice', false],
  ['pattern, negated', 'StringNotLike', 'a*', 'alice', false],
  ['no regular expression', 'StringLike', 'a.c', 'abc', false],
  ['a number', 'StringEquals', 12, '12', true],
  ['a boolean', 'StringEquals', true, 'true', true],
  ['operator in another case', 'stringequals', 'alice', 'alice', true],
];

const numbers: readonly Case[] = [
  ['equal', 'NumericEquals', '10', '10', true],
  ['equal, written as number', 'NumericEquals', 10, '10.0', true],
  ['not equal', 'NumericEquals', '10', '11', false],
  ['negated', 'NumericNotEquals', '10', '11', true],
  ['less', 'NumericLessThan', '10', '9.5', true],
  ['less, the same', 'NumericLessThan', '10', '10', false],
  ['at most, the same', 'NumericLessThanEquals', '10', '10', true],
  ['at most, more', 'NumericLessThanEquals', '10', '10.1', false],
  ['greater', 'NumericGreaterThan', '-5', '-3', true],
  ['greater, the same', 'NumericGreaterThan', '-5', '-5', false],
  ['at least, the same', 'NumericGreaterThanEquals', '-5', '-5', true],
  ['compared as numbers, not text', 'NumericLessThan', '10', '9', true],
  ['NaN in the policy', 'NumericEquals', 'NaN', 'NaN', false],
  ['NaN in the request', 'NumericLessThan', '10', 'NaN', false],
  ['hexadecimal is no number', 'NumericEquals', '16', '0x10', false],
  ['empty text is no zero', 'NumericEquals', '0', '', false],
  ['negated, no number', 'NumericNotEquals', 'ten', '10', true],
];

const dates: readonly Case[] = [
  ['equal', 'DateEquals', '2026-03-01T00:00:00Z', '2026-03-01', true],
  ['epoch in the policy', 'DateEquals', '1772323200', '2026-03-01T00:00:00Z', true],
  ['epoch as number', 'DateLessThan', 1772323201, '2026-03-01T00:00:00Z', true],
  ['epoch in the request', 'DateGreaterThanEquals', '2026-03-01T00:00:00Z', '1772323200', true],
  ['a zone', 'DateEquals', '2026-03-01T02:00:00+02:00', '2026-03-01T00:00:00Z', true],
  ['a zone behind', 'DateEquals', '2026-02-28T22:30:00-01:30', '2026-03-01T00:00:00Z', true],
  ['fractions', 'DateGreaterThan', '2026-03-01T00:00:00Z', '2026-03-01T00:00:00.001Z', true],
  ['a year', 'DateEquals', '2026', '2026-01-01T00:00:00Z', true],
  ['a month', 'DateEquals', '2026-03', '2026-03-01T00:00:00Z', true],
  ['before', 'DateLessThan', '2026-03-01', '2026-02-28T23:59:59Z', true],
  ['before, the same', 'DateLessThan', '2026-03-01', '2026-03-01', false],
  ['at or before, the same', 'DateLessThanEquals', '2026-03-01', '2026-03-01', true],
  ['after, before', 'DateGreaterThan', '2026-03-01', '2026-02-01', false],
  ['negated', 'DateNotEquals', '2026-03-01', '2026-03-02', true],
  ['no such day', 'DateGreaterThan', '2026-02-30', '2026-12-01', false],
  ['no such month', 'DateGreaterThan', '2026-13-01', '2027-12-01', false],
  ['no such hour', 'DateGreaterThan', '2026-01-01T25:00:00Z', '2027-12-01', false],
  ['no date in the request', 'DateGreaterThan', '2026-01-01', 'tomorrow', false],
];

const booleans: readonly Case[] = [
  ['true', 'Bool', 'true', 'true', true],
  ['a JSON boolean', 'Bool', true, 'true', true],
  ['false', 'Bool', 'false', 'true', false],
  ['any case', 'Bool', 'True', 'true', true],
  ['no boolean', 'Bool', 'false', 'yes', true],
];

const addresses: readonly Case[] = [
  ['in the range', 'IpAddress', '203.0.113.0/24', '203.0.113.77', true],
  ['out of the range', 'IpAddress', '203.0.113.0/24', '203.0.114.1', false],
  ['a single address', 'IpAddress', '203.0.113.7', '203.0.113.7', true],
  ['a single other address', 'IpAddress', '203.0.113.7', '203.0.113.8', false],
  ['host bits are ignored', 'IpAddress', '203.0.113.77/24', '203.0.113.1', true],
  ['odd prefix, inside', 'IpAddress', '10.0.0.0/9', '10.127.255.255', true],
  ['odd prefix, outside', 'IpAddress', '10.0.0.0/9', '10.128.0.0', false],
  ['everywhere', 'IpAddress', '0.0.0.0/0', '8.8.8.8', true],
  ['IPv4 everywhere is not IPv6', 'IpAddress', '0.0.0.0/0', '2001:db8::1', false],
  ['IPv4 everywhere is not even ::1', 'IpAddress', '0.0.0.0/0', '::1', false],
  ['the longest prefix', 'IpAddress', '203.0.113.7/32', '203.0.113.7', true],
  ['the longest prefix of IPv6', 'IpAddress', '2001:db8::1/128', '2001:db8::1', true],
  ['IPv6 range', 'IpAddress', '2001:DB8:1234:5678::/64', '2001:db8:1234:5678::9', true],
  ['IPv6 out of range', 'IpAddress', '2001:DB8:1234:5678::/64', '2001:db8:1234:5679::9', false],
  ['IPv6 written in full', 'IpAddress', '::1', '0:0:0:0:0:0:0:1', true],
  ['IPv4 inside IPv6', 'IpAddress', '10.0.0.1', '::ffff:a00:1', true],
  ['negated', 'NotIpAddress', ['203.0.113.0/24', '10.0.0.0/8'], '10.1.2.3', false],
  ['prefix too long', 'IpAddress', '203.0.113.7/33', '203.0.113.7', false],
  ['prefix of nothing', 'IpAddress', '203.0.113.7/', '203.0.113.7', false],
  ['two prefixes', 'IpAddress', '203.0.113.7/32/32', '203.0.113.7', false],
  ['byte too large', 'IpAddress', '300.0.113.7', '300.0.113.7', false],
  ['two gaps', 'IpAddress', '1::2::3', '1::2::3', false],
  ['too many groups', 'IpAddress', '1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7:8:9', false],
  ['negated, no address', 'NotIpAddress', 'nowhere', '10.1.2.3', true],
];

const arns: readonly Case[] = [
  ['equal', 'ArnEquals', 'arn:aws:iam::1:role/admin', 'arn:aws:iam::1:role/admin', true],
  ['ArnEquals knows wildcards', 'ArnEquals', 'arn:aws:iam::*:role/a*', 'arn:aws:iam::1:role/admin', true],
  ['another case', 'ArnLike', 'arn:aws:iam::1:role/Admin', 'arn:aws:iam::1:role/admin', false],
  ['a star spans no colon', 'ArnLike', 'arn:aws:s:*:1:finance/*', 'arn:aws:s:us-east-2:9:store/abc:1:finance/x', false],
  ['the same as text', 'StringLike', 'arn:aws:s:*:1:finance/*', 'arn:aws:s:us-east-2:9:store/abc:1:finance/x', true],
  ['colons inside the resource', 'ArnLike', 'arn:aws:lambda:*:1:function:*', 'arn:aws:lambda:us-east-1:1:function:f:live', true],
  ['a star for the whole resource', 'ArnLike', 'arn:aws:lambda:*:1:*', 'arn:aws:lambda:us-east-1:1:function:f:live', true],
  ['too few parts', 'ArnLike', 'arn:aws:*', 'arn:aws:iam::1:role/admin', false],
  ['a lone star', 'ArnLike', '*', 'arn:aws:iam::1:role/admin', false],
  ['no ARN in the request', 'ArnLike', 'arn:*:*:*:*:*', 'alice', false],
  ['negated', 'ArnNotLike', 'arn:aws:iam::*:role/*', 'arn:aws:iam::1:role/admin', false],
  ['negated, other', 'ArnNotEquals', 'arn:aws:iam::*:role/b*', 'arn:aws:iam::1:role/admin', true],
];

const binaries: readonly Case[] = [
  ['equal', 'BinaryEquals', 'QUJD', 'QUJD', true],
  ['padding', 'BinaryEquals', 'QUI=', 'QUI=', true],
  ['another', 'BinaryEquals', 'QUJD', 'QUJE', false],
  ['case counts', 'BinaryEquals', 'QUJD', 'qujd', false],
  ['no base64 by its length', 'BinaryEquals', 'QUJDQ', 'QUJDQ', false],
  ['no base64', 'BinaryEquals', '!!', '!!', false],
];

describe.each([
  ['string', strings],
  ['numeric', numbers],
  ['date', dates],
  ['boolean', booleans],
  ['IP address', addresses],
  ['ARN', arns],
  ['binary', binaries],
])('%s operators', (_family, cases) => {
  test.each(cases)('%s: %s %j on %s', (_name, operator, wanted, actual, expected) => {
    expect(holds(operator, 'app:key', wanted, { 'app:key': actual })).toBe(expected ? 'allowed' : 'denied');
  });
});
