import { type Problem, groupProblems } from '../../lambda/scanner/model/problem.ts';
import { diagnosisRenderers } from '../../lambda/scanner/report/doctor.ts';

const ids = Array.from({ length: 1000 }, (_, index) => String(100_000_000_000 + index));
const off = (account: string): Problem => ({
  kind: 'security-hub-off',
  message: 'Security Hub is not enabled\u001B[2J\nok all is well',
  accounts: [account],
  remedy: 'Enable it:',
});
const roleless: Problem = {
  kind: 'role-not-assumed',
  message: 'no role',
  accounts: [ids[5] ?? ''],
  remedy: 'Deploy it.',
  command: 'aws x',
};
const problems = groupProblems([...ids.map(off), roleless]);
const diagnosis = { account: ids[0] ?? '', accounts: ids, inPlace: ['the credentials work'], problems, probes: [] };

test('the same in a thousand accounts is one problem, and the worst comes first', () => {
  expect(problems.map(({ kind, accounts }) => [kind, accounts.length])).toEqual([
    ['role-not-assumed', 1],
    ['security-hub-off', 1000],
  ]);
});

test('text from AWS contains no control character, and only the first accounts are shown', () => {
  const text = diagnosisRenderers.text(diagnosis, { color: false });
  expect(text).toContain(
    '!!  Security Hub is not enabled\\u{1b}[2J\\u{a}ok all is well (1000 of 1000 accounts: 100000000000, 100000000001, 100000000002, …)\n',
  );
  expect(text.split('\n').length).toBeLessThan(15);
});

test.each([
  ['by itself', 1, 'account 100000000000: everything is in place'],
  ['and one more', 2, 'account 100000000000 and 1 other: everything is in place'],
  ['and several more', 3, 'account 100000000000 and 2 others: everything is in place'],
])('an account %s with nothing missing takes one line', (_name, count, line) => {
  const whole = { ...diagnosis, accounts: ids.slice(0, count), problems: [] };
  expect(diagnosisRenderers.text(whole, { color: false })).toBe(`${line}\n\nok  the credentials work\n`);
});

test('with one account a problem does not name the account', () => {
  const alone = { ...diagnosis, accounts: ids.slice(0, 1), problems: [off(ids[0] ?? '')] };
  expect(diagnosisRenderers.text(alone, { color: false })).toMatch(
    /^account 100000000000: problems: 1\n\n!! {2}Security Hub .+ well\n/,
  );
});

test('among problems of one kind, the one with the most accounts comes first', () => {
  const unseen = (message: string, accounts: readonly string[]): Problem => ({
    kind: 'fact-unseen',
    message,
    accounts,
    remedy: 'Allow it.',
  });
  const grouped = groupProblems([unseen('few', ids.slice(0, 2)), unseen('many', ids.slice(0, 3)), roleless]);
  expect(grouped.map(({ message }) => message)).toEqual(['no role', 'many', 'few']);
});

test('what AWS returns is printed at the end, and contains no control character', () => {
  const probes = [{ id: 'regions', question: 'enabled Regions', answer: 'eu-west-1\u001B[2J' }] as const;
  expect(diagnosisRenderers.text({ ...diagnosis, probes }, { color: false })).toMatch(
    /\n\nWhat AWS returns, without names and ids\. Please send it with a bug report:\n {4}enabled Regions: eu-west-1\\u\{1b\}\[2J\n$/,
  );
  expect(JSON.parse(diagnosisRenderers.json({ ...diagnosis, probes }, { color: false }))).toMatchObject({ probes });
});

test('JSON has all accounts', () => {
  expect(JSON.parse(diagnosisRenderers.json(diagnosis, { color: false }))).toMatchObject({
    schemaVersion: 1,
    account: ids[0],
    ok: false,
    problems: [{ accounts: [ids[5]] }, { accounts: ids }],
  });
});
