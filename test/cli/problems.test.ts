import { accountNotSeen, hubProblems, unseenFacts } from '../../bin/commands/problems.ts';
import { type Failure, failureOf } from '../../lambda/scanner/collect/failure.ts';
import { parseSnapshot } from '../../lambda/scanner/facts/snapshot.ts';
import { unavailable } from '../../lambda/scanner/model/observed.ts';
import { smallAccount } from '../support/aws/small-account.ts';

const { accountId } = smallAccount;
const ROLE = 'audit/iam-vigil';
const named = (name: string, message: string) => Object.assign(new Error(message), { name });
const notAssumed = (kind: Failure['kind'], reason: string) =>
  accountNotSeen(accountId, { kind, action: 'sts:AssumeRole', reason }, ROLE);

describe('an account of which nothing was seen', () => {
  test('since its role lets nobody in: the role is to be deployed', () => {
    const problem = notAssumed('denied', 'access to sts:AssumeRole was denied');
    expect(problem).toMatchObject({
      kind: 'role-not-assumed',
      message: `the role ${ROLE} cannot be assumed: access to sts:AssumeRole was denied`,
      action: 'sts:AssumeRole',
      command: 'aws iam get-role --role-name iam-vigil',
    });
    expect(problem.remedy).toContain('Deploy the role');
  });

  test.each<[kind: Failure['kind'], says: RegExp]>([
    ['throttled', /asked too often.*run doctor again/],
    ['unanswered', /network, the proxy and the Region/],
    ['failed', /AWS says why/],
  ])('since AssumeRole was %s: that says nothing of the role', (kind, says) => {
    const problem = notAssumed(kind, `sts:AssumeRole failed: X: of ${accountId}`);
    expect(problem).toMatchObject({
      kind: 'role-not-assumed',
      message: `whether the role ${ROLE} can be assumed is not known: sts:AssumeRole failed: X: of ACCOUNT`,
      remedy: expect.stringMatching(says) as string,
    });
    expect(problem.remedy).not.toContain('Deploy');
    expect(problem.command).toBeUndefined();
  });

  test('though its role let us in: what was denied then is to be allowed to the role', () => {
    const denied = failureOf(named('AccessDenied', 'x is not authorized to perform: iam:ListUsers on y'), 'the scan');
    expect(accountNotSeen(accountId, denied, ROLE)).toMatchObject({
      kind: 'fact-unseen',
      message: `the account was entered by the role ${ROLE}, and could not be looked at: access to iam:ListUsers was denied`,
      action: 'iam:ListUsers',
      remedy: expect.stringContaining(`Allow the role ${ROLE} `) as string,
    });
  });

  test('and which is that of the credentials: no role is spoken of', () => {
    const problem = accountNotSeen(accountId, failureOf(new TypeError('x is undefined'), 'the scan'));
    expect(problem).toMatchObject({
      kind: 'fact-unseen',
      message: 'the account could not be looked at: the scan failed: TypeError: x is undefined',
    });
    expect(problem.action).toBeUndefined();
  });
});

describe('a fact that could not be seen', () => {
  const problemOf = (reason: string) => {
    const action = 'iam:GetAccountSummary';
    const facts = { ...smallAccount.facts, accountSummary: unavailable(reason, action) };
    return unseenFacts(parseSnapshot({ ...smallAccount, facts }), ROLE).find((problem) => problem.action === action);
  };

  test('since it was denied: the role is to be allowed it', () => {
    const problem = problemOf('access to iam:GetAccountSummary was denied');
    expect(problem?.remedy).toContain(`Allow the role ${ROLE} `);
    expect(problem?.command).toContain('aws iam put-role-policy --role-name iam-vigil ');
  });

  test('since the call failed: to allow it would not help', () => {
    const problem = problemOf('iam:GetAccountSummary failed: Throttling: Rate exceeded');
    expect(problem?.remedy).toMatch(/^The call failed, and was not denied\. /);
    expect(problem?.command).toBeUndefined();
  });
});

test.each<[kind: Failure['kind'], state: 'denied' | 'failed', says: string, grants: boolean]>([
  ['denied', 'denied', 'Allow the role ', true],
  ['throttled', 'failed', 'AWS was asked too often.', false],
  ['unanswered', 'failed', 'No answer came from AWS.', false],
])('findings that cannot be read since the call was %s', (kind, state, says, grants) => {
  const [problem] = hubProblems({ account: accountId, region: 'eu-west-1', state, reason: 'X', kind }, ROLE);
  expect(problem).toMatchObject({ kind: 'security-hub-unread', remedy: expect.stringContaining(says) as string });
  expect(problem?.command !== undefined).toBe(grants);
});
