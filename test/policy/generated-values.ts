/** Everything that a kind of key can hold, in the request or in a policy. */
export const values = {
  text: ['alice', 'Alice', 'bob', 'a*', 'a?ice', '', '*', 'üñí😀', '$', 'ΟΣ', 'ος', 'οσ', '𐐀', '𐐨', '𐐀Σ', '\ud801'],
  arn: [
    'arn:aws:iam::111122223333:role/admin',
    'arn:aws:iam::111122223333:user/a:b',
    'arn:aws:sns:us-east-1:1:t',
    'arn:aws',
    'alice',
    '',
  ],
  number: [
    ...['10', '-3', '10.0', '10.5', 'NaN', '0', 'ten', '1e', '', '+10', '010', '1e1', '-0', '0.10e2'],
    ...[
      '9007199254740992',
      '9007199254740993',
      '-9007199254740992',
      '-9007199254740993',
      '1e400',
      '1e401',
      '-1e400',
      '1e-400',
      '-1e-400',
    ],
  ],
  date: [
    '2026-03-01T00:00:00Z',
    '2026-03-01',
    '1772323200',
    '2026-02-28T23:30:00-00:30',
    '2026-03-01T00:00:00.5Z',
    '2026-03-01T00:00:00.5009Z',
    '+1772323200',
    '',
    '2026',
    'soon',
    '0',
  ],
  ip: [
    ...['10.0.0.1', '10.0.0.255', '192.168.1.7', '010.000.0.1', '2001:db8::1', '2001:DB8:0:0::2', '::', '300.1.1.1', 'x', ''],
    ...['10.0.1', '10.0.0.1/32', '::ffff:10.0.0.1', '0:0:0:0:0:FFFF:a00:1', '::10.0.0.1', '2001:db8::10.0.0.1', '::ffff:10.0.1'],
    ...[
      '2001:db8:::1',
      '2001:db8::1:',
      ':2001:db8::1',
      ':::',
      '::::',
      '1::2::3',
      '1:2:3:4:5:6:7:8',
      '1:2:3:4:5:6:7:8:',
      '12345::',
    ],
  ],
  boolean: ['true', 'false', 'True', 'yes', '', ' true ', '1'],
  binary: ['QUJD', 'QUI=', 'QUI', 'QQ==', 'QR==', '', '!!'],
};

/** A kind of key. */
export type Kind = keyof typeof values;

/** Condition keys in lower case, with the kind of their values, and whether a request may hold several. */
export const keys: readonly (readonly [key: string, kind: Kind, several?: 'several'])[] = [
  ['aws:username', 'text'],
  ['aws:principaltag/team', 'text'],
  ['aws:tagkeys', 'text', 'several'],
  ['dynamodb:leadingkeys', 'number', 'several'],
  ['cognito-identity.amazonaws.com:amr', 'arn', 'several'],
  ['aws:principalarn', 'arn'],
  ['s3:max-keys', 'number'],
  ['aws:currenttime', 'date'],
  ['aws:sourceip', 'ip'],
  ['aws:multifactorauthpresent', 'boolean'],
  ['app:blob', 'binary'],
  ['__proto__', 'text'],
];

/** All condition keys that the generated policies use, in lower case. */
export const contextKeys = keys.map(([key]) => key);

/** What only policies write: patterns, variables, ranges. */
export const patternsOnly: Record<Kind, readonly string[]> = {
  text: [
    'a*',
    '?lice',
    '*',
    'a*c*',
    '${aws:username}',
    "${aws:principaltag/team, 'alice'}",
    '${*}',
    'a${*}',
    'a${?}ice',
    '${$}',
    '${',
    '${}',
    'ALICE',
    '${aws:TagKeys}',
    "${aws:tagkeys, 'alice'}",
    '??',
    '𐐀?',
    'οσ${aws:username}',
    'Σ${aws:username}',
  ],
  arn: [
    'arn:aws:iam::*:role/*',
    'arn:*:admin',
    'arn:aws:*:*:*:*',
    '${aws:PrincipalArn}',
    '${aws:username}',
    'arn:${aws:username}',
    'arn:aws:*:*:*',
    'arn:aws:iam::111122223333:user/${aws:username}',
    '*',
  ],
  number: ['9', '11'],
  date: ['2026-03-02', '2025-12-31T23:59:59Z', '1772323201'],
  ip: ['10.0.0.0/24', '10.0.0.7/8', '0.0.0.0/0', '2001:db8::/32', '::/0', '10.0.0.0/33', '10.0.0.1/32'].concat([
    '010.0.000.0/+024',
    '2001:db8::1/64',
    '2001:db8::1/128',
    '::ffff:10.0.0.0/120',
    '::ffff:a00:0/120',
    '::10.0.0.0/120',
  ]),
  boolean: ['${aws:MultiFactorAuthPresent}', 'TRUE', 'x${aws:username}', "${aws:username, 'true'}", '${$}'],
  binary: ['QUJD'],
};

/** The operators for a kind of key. */
export const operatorsOf: Record<Kind, readonly string[]> = {
  text: ['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', 'StringLike', 'StringNotLike'],
  arn: ['ArnEquals', 'ArnNotEquals', 'ArnLike', 'ArnNotLike'],
  number: ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].map(
    (name) => `Numeric${name}`,
  ),
  date: ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].map((name) => `Date${name}`),
  ip: ['IpAddress', 'NotIpAddress'],
  boolean: ['Bool'],
  binary: ['BinaryEquals'],
};
