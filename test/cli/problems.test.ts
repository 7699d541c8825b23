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

describe('an account that could not be scanned', () => {
  test('because access to its role was denied: the role must be deployed', () => {
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
    ['throttled', /throttled the call.*Run doctor again/],
    ['unanswered', /network, the proxy and the Region/],
    ['failed', /Fix what the error message says/],
  ])('because AssumeRole was %s: this says nothing about the role', (kind, says) => {
    const problem = notAssumed(kind, `sts:AssumeRole failed: X: of ${accountId}`);
    expect(problem).toMatchObject({
      kind: 'role-not-assumed',
      message: `it is unknown whether the role ${ROLE} can be assumed: sts:AssumeRole failed: X: of ACCOUNT`,
      remedy: expect.stringMatching(says) as string,
    });
    expect(problem.remedy).not.toContain('Deploy');
    expect(problem.command).toBeUndefined();
  });

  test('although its role was assumed: the role must be granted the denied action', () => {
    const denied = failureOf(named('AccessDenied', 'x is not authorized to perform: iam:ListUsers on y'), 'the scan');
    expect(accountNotSeen(accountId, denied, ROLE)).toMatchObject({
      kind: 'fact-unseen',
      message: `the role ${ROLE} was assumed, but the account could not be scanned: access to iam:ListUsers was denied`,
      action: 'iam:ListUsers',
      remedy: expect.stringContaining(`Grant the role ${ROLE} `) as string,
    });
  });

  test('that is the account of the credentials: no role is mentioned', () => {
    const problem = accountNotSeen(accountId, failureOf(new TypeError('x is undefined'), 'the scan'));
    expect(problem).toMatchObject({
      kind: 'fact-unseen',
      message: 'the account could not be scanned: the scan failed: TypeError: x is undefined',
    });
    expect(problem.action).toBeUndefined();
  });
});

describe('a fact that could not be collected', () => {
  const problemOf = (reason: string) => {
    const action = 'iam:GetAccountSummary';
    const facts = { ...smallAccount.facts, accountSummary: unavailable(reason, action) };
    return unseenFacts(parseSnapshot({ ...smallAccount, facts }), ROLE).find((problem) => problem.action === action);
  };

  test('because access was denied: the role must be granted the action', () => {
    const problem = problemOf('access to iam:GetAccountSummary was denied');
    expect(problem?.remedy).toContain(`Grant the role ${ROLE} `);
    expect(problem?.command).toContain('aws iam put-role-policy --role-name iam-vigil ');
  });

  test('because SecurityAudit does not allow it: that policy is named', () => {
    const action = 'account:ListRegions';
    const facts = { ...smallAccount.facts, analyzers: unavailable(`access to ${action} was denied`, action) };
    const [problem] = unseenFacts(parseSnapshot({ ...smallAccount, facts }), ROLE);
    expect(problem?.remedy).toMatch(/The AWS managed policy SecurityAudit does not allow it\.$/);
  });

  test('because the call failed: a grant would not help', () => {
    const problem = problemOf('iam:GetAccountSummary failed: Throttling: Rate exceeded');
    expect(problem?.remedy).toMatch(/^The call failed, but was not denied\. /);
    expect(problem?.command).toBeUndefined();
  });
});

test.each<[kind: Failure['kind'], state: 'denied' | 'failed', says: string, grants: boolean]>([
  ['denied', 'denied', 'Grant the role ', true],
  ['throttled', 'failed', 'AWS throttled the call.', false],
  ['unanswered', 'failed', 'AWS did not answer.', false],
])('findings that could not be read because the call was %s', (kind, state, says, grants) => {
  const [problem] = hubProblems({ account: accountId, region: 'eu-west-1', state, reason: 'X', kind }, ROLE);
  expect(problem).toMatchObject({ kind: 'security-hub-unread', remedy: expect.stringContaining(says) as string });
  expect(problem?.command !== undefined).toBe(grants);
});
