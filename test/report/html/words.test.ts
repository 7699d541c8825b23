import { counted, principalInWords, statementInWords } from '../../../lambda/scanner/report/html/words.ts';

const iam = (resource: string, account = '111122223333') => `arn:aws:iam::${account}:${resource}`;

test.each([
  [iam('user/team/sven.larsen'), 'user sven.larsen'],
  [iam('role/deploy'), 'role deploy'],
  [iam('root'), 'root user of 111122223333'],
  ['arn:aws:sso:::permissionSet/i/ps-1', 'arn:aws:sso:::permissionSet/i/ps-1'],
  ['Group developers', 'Group developers'],
])('a principal in words: %s', (arn, words) => {
  expect(principalInWords(arn)).toBe(words);
});

test.each([
  [{ policy: 'inline:own', index: 0 }, 'statement 1 of inline policy own'],
  [{ policy: iam('policy/team/deploy'), index: 1, sid: 'All' }, 'statement 2 (Sid All) of policy deploy'],
  [{ policy: iam('policy/ReadOnlyAccess', 'aws'), index: 0 }, 'statement 1 of AWS managed policy ReadOnlyAccess'],
  [{ policy: `trust:${iam('role/deploy')}`, index: 0 }, 'statement 1 of the trust policy of role deploy'],
  [{ policy: 'permission set Admin', index: 0, group: 'ops' }, 'statement 1 of policy permission set Admin of group ops'],
])('a statement in words: %j', (statement, words) => {
  expect(statementInWords(statement)).toBe(words);
});

test.each([
  [0, '0 accounts'],
  [1, '1 account'],
  [2, '2 accounts'],
])('%i with its noun', (count, words) => {
  expect(counted(count, 'account')).toBe(words);
});
