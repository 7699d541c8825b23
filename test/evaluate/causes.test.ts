import { type ObservedData, coverageFor, withCauses } from '../../lambda/scanner/evaluate/causes.ts';
import type { FactCoverage } from '../../lambda/scanner/facts/coverage.ts';
import type { Snapshot } from '../../lambda/scanner/facts/snapshot.ts';
import type { Finding } from '../../lambda/scanner/model/finding.ts';
import { collected, unavailable } from '../../lambda/scanner/model/observed.ts';
import type { UnreadData } from '../../lambda/scanner/model/report.ts';
import { aFinding } from '../report/report-builder.ts';
import { ACCOUNT } from '../support/builders.ts';
import { collectedFacts } from '../support/observed-facts.ts';
import { anOrganization } from '../support/organization.ts';

type Facts = Snapshot['facts'];

const denied = (action: string) => unavailable(`access to ${action} was denied`, action);
const facts = (some: Partial<Facts>): Facts => ({ ...collectedFacts(), ...some });
const keysOf = (items: Readonly<Record<string, ReturnType<typeof unavailable>>>): Partial<Facts> => ({
  accessKeys: collected(new Map([['carol', collected([])], ...Object.entries(items)])),
});

/** An UNKNOWN finding of user ann. */
const unknown = (checkId: string, message: string, more: Partial<Finding> = {}): Finding =>
  aFinding('ann', { checkId, status: 'UNKNOWN', message: `Not evaluated: ${message}`, ...more });
/** What our own error leaves UNKNOWN waits for no data. */
const crashed = unknown('crashed', 'an error in iam-vigil, please report it: TypeError: x is undefined');

const unread = (fact: string): UnreadData => ({
  account: ACCOUNT,
  fact,
  isWanted: true,
  elements: ['?'],
  count: 1,
  checks: ['a'],
});

describe('the coverage of a fact', () => {
  const coverageOf = (name: string, some: Partial<Facts>, ...findings: readonly Finding[]) =>
    coverageFor({ facts: facts(some) }, findings, []).filter((fact) => fact.name === name);
  const LIST_KEYS = 'access to iam:ListAccessKeys was denied';
  const gap = { action: 'iam:ListAccessKeys', reason: LIST_KEYS };

  test('has no check that waits, if it was collected', () => {
    expect(coverageOf('accessKeys', {}, crashed, unknown('other', LIST_KEYS))).toEqual([{ name: 'accessKeys', gaps: [] }]);
  });

  test('lists the checks with UNKNOWN results that quote its reason, sorted, each once', () => {
    const findings = [
      unknown('zero', `accessKeys: ${LIST_KEYS}`),
      unknown('able', `identities: it was cut; accessKeys: ${LIST_KEYS}`),
      unknown('able', LIST_KEYS),
      unknown('other-reason', 'access to iam:GetUser was denied'),
      aFinding('bob', { checkId: 'failed', message: LIST_KEYS }),
      aFinding('eve', { checkId: 'suppressed', status: 'SUPPRESSED', message: LIST_KEYS }),
      crashed,
    ];
    expect(coverageOf('accessKeys', { accessKeys: denied('iam:ListAccessKeys') }, ...findings)).toEqual([
      { name: 'accessKeys', gaps: [gap], waiting: ['able', 'zero'] },
    ]);
  });

  test('lists the checks that quote the reason of one of its items, but not of an item that was not requested', () => {
    const items = keysOf({
      ann: denied('iam:ListAccessKeys'),
      bob: unavailable('the scan was stopped', 'iam:ListAccessKeys'),
      eve: unavailable('it is not in the snapshot'),
    });
    const findings = [
      unknown('of-ann', LIST_KEYS),
      unknown('of-bob', 'the scan was stopped'),
      unknown('of-eve', 'it is not in the snapshot'),
      crashed,
    ];
    expect(coverageOf('accessKeys', items, ...findings)).toEqual([
      { name: 'accessKeys', gaps: [{ ...gap, items: { hidden: 2, of: 4 } }], waiting: ['of-ann', 'of-bob'] },
    ]);
  });
});

describe('facts that are missing because another one is', () => {
  const missingOf = (some: Partial<Facts>): readonly FactCoverage[] =>
    coverageFor({ facts: facts(some) }, [], []).filter(({ gaps }) => gaps.length > 0);
  const told = (some: Partial<Facts>) => missingOf(some).map(({ name, alsoMissing }) => [name, alsoMissing]);
  const AUTHORIZATION = 'iam:GetAccountAuthorizationDetails';
  const noIdentities = denied(AUTHORIZATION);

  test('are joined to that one: directly, through a fact that is computed, and through another that is missing', () => {
    const some = {
      identities: noIdentities,
      rolesAnywhere: noIdentities,
      roleSessions: noIdentities,
      accessKeys: noIdentities,
      accessKeyLastUsed: noIdentities,
    };
    expect(missingOf(some)).toEqual([
      {
        name: 'identities',
        gaps: [{ action: AUTHORIZATION, reason: `access to ${AUTHORIZATION} was denied` }],
        alsoMissing: ['accessKeys', 'accessKeyLastUsed', 'roleSessions', 'rolesAnywhere'],
      },
    ]);
  });

  test('are joined to the one that was denied, and not to what that depends on', () => {
    const noKeys = denied('iam:ListAccessKeys');
    expect(told({ accessKeys: noKeys, accessKeyLastUsed: noKeys })).toEqual([['accessKeys', ['accessKeyLastUsed']]]);
  });

  test.each<[name: string, some: Partial<Facts>, alone: readonly string[]]>([
    [
      'another action was denied',
      { identities: noIdentities, accessKeys: denied('iam:ListAccessKeys') },
      ['identities', 'accessKeys'],
    ],
    [
      'the same action failed for another reason',
      { identities: noIdentities, accessKeys: unavailable('the scan was stopped', AUTHORIZATION) },
      ['identities', 'accessKeys'],
    ],
    [
      'another action failed for the same reason',
      { identities: unavailable('stopped', AUTHORIZATION), accessKeys: unavailable('stopped', 'iam:ListAccessKeys') },
      ['identities', 'accessKeys'],
    ],
    [
      'they do not depend on each other',
      {
        organization: denied('organizations:DescribeOrganization'),
        contactDetails: denied('organizations:DescribeOrganization'),
      },
      ['contactDetails', 'organization'],
    ],
    ['what they depend on was collected', { accessKeys: noIdentities }, ['accessKeys']],
  ])('each stand alone where %s', (_name, some, alone) => {
    expect(told(some)).toEqual(alone.map((name) => [name, undefined]));
  });
});

describe('the coverage of the organization', () => {
  const partsOf = (data: Omit<ObservedData, 'facts'>, depended: readonly string[], ...findings: readonly Finding[]) =>
    coverageFor({ facts: facts({}), ...data }, findings, depended.map(unread)).filter(({ name }) => /^[A-Z]/.test(name));
  const LIST = 'access to organizations:ListPolicies was denied';
  const without = (name: string, action?: string) =>
    anOrganization({ parts: { [name]: { status: 'unavailable', reason: LIST, ...(action === undefined ? {} : { action }) } } });

  test('has no part where the account does not report for it', () => {
    expect(partsOf({}, ['Policies'])).toEqual([]);
    expect(partsOf({ organization: undefined }, ['Policies'])).toEqual([]);
  });

  test('has no part that was collected completely', () => {
    expect(partsOf({ organization: anOrganization() }, ['Policies', 'Accounts'])).toEqual([]);
  });

  test('has a part that was denied, with the checks that wait for it', () => {
    const organization = without('Policies', 'organizations:ListPolicies');
    const gaps = [{ action: 'organizations:ListPolicies', reason: LIST }];
    expect(partsOf({ organization }, ['Policies', 'Accounts'])).toEqual([{ name: 'Policies', gaps }]);
    expect(partsOf({ organization }, ['Policies'], unknown('guardrails', LIST), crashed)).toEqual([
      { name: 'Policies', gaps, waiting: ['guardrails'] },
    ]);
  });

  test('has no part on which no check depends', () => {
    expect(partsOf({ organization: without('Policies', 'organizations:ListPolicies') }, ['Accounts'])).toEqual([]);
  });

  test('has no part that was not asked for', () => {
    expect(partsOf({ organization: without('Policies') }, ['Policies'])).toEqual([]);
  });

  test('has a part of which AWS left something out', () => {
    const Accounts = [{ Id: ACCOUNT, Name: 'One', State: 'ACTIVE' }];
    expect(partsOf({ organization: anOrganization({ parts: { Accounts } }) }, ['Accounts'])).toEqual([
      {
        name: 'Accounts',
        gaps: [{ action: 'organizations:ListAccounts', reason: `where account ${ACCOUNT} is`, isPartial: true }],
      },
    ]);
  });
});

describe('the causes of an UNKNOWN finding', () => {
  const idOf = (name: string) => `iam-vigil/v1/${ACCOUNT}/fact-unavailable/${name}`;
  const missing = (name: string) =>
    aFinding(name, {
      id: idOf(name),
      checkId: 'fact-unavailable',
      resource: { type: 'AwsAccount', arn: `arn:aws:iam::${ACCOUNT}:root`, name },
    });
  const causesOf = (finding: Finding, findings: readonly Finding[], data: Partial<ObservedData> = {}) =>
    withCauses([...findings, finding], { accountId: ACCOUNT, facts: facts({}), ...data })(finding).causes;
  const DENIED = 'access to iam:ListAccessKeys was denied';
  const noKeys = { facts: facts({ accessKeys: denied('iam:ListAccessKeys') }) };

  test('are the findings that report the missing data that it quotes', () => {
    const data = {
      facts: facts({ accessKeys: denied('iam:ListAccessKeys'), mfaDevices: denied('iam:ListMFADevices') }),
      organization: anOrganization({
        parts: { Policies: { status: 'unavailable', reason: 'Policies are denied', action: 'organizations:ListPolicies' } },
      }),
    };
    const reported = ['Policies', 'mfaDevices', 'accessKeys'].map(missing);
    expect(causesOf(unknown('keys', `accessKeys: ${DENIED}`), reported, data)).toEqual([idOf('accessKeys')]);
    expect(causesOf(unknown('both', `${DENIED}; Policies are denied`), reported, data)).toEqual([
      idOf('accessKeys'),
      idOf('Policies'),
    ]);
  });

  test('leave the rest of the finding as it is', () => {
    const finding = unknown('keys', DENIED);
    const add = withCauses([missing('accessKeys'), finding], { accountId: ACCOUNT, ...noKeys });
    expect(add(finding)).toEqual({ ...finding, causes: [idOf('accessKeys')] });
  });

  test.each<[name: string, finding: Finding, findings: readonly Finding[]]>([
    ['it does not quote the reason', unknown('other', 'access to iam:GetUser was denied'), [missing('accessKeys')]],
    ['it is an error of ours', crashed, [missing('accessKeys'), missing('mfaDevices'), missing('Policies')]],
    ['no finding reports the missing data', unknown('keys', DENIED), []],
    ['only another fact is reported', unknown('keys', DENIED), [missing('mfaDevices')]],
    ['it failed', aFinding('ann', { message: DENIED }), [missing('accessKeys')]],
    ['it is suppressed', aFinding('ann', { status: 'SUPPRESSED', message: DENIED }), [missing('accessKeys')]],
  ])('are not told where %s', (_name, finding, findings) => {
    expect(withCauses([...findings, finding], { accountId: ACCOUNT, ...noKeys })(finding)).toBe(finding);
  });

  describe('whose policy cannot be read', () => {
    const UNREADABLE = 'policy-document-unreadable';
    const unreadable = unknown(UNREADABLE, 'Policy inline of user ann cannot be read: it is cut', { id: 'of-ann' });

    test.each(['its policy inline cannot be read: it is cut', 'the trust policy could not be read'])(
      'name the finding that says so of the same resource: %s',
      (message) => {
        const ofBob = { ...aFinding('bob'), id: 'of-bob', checkId: UNREADABLE, status: 'UNKNOWN' } as const;
        expect(causesOf(unknown('admin', message), [unreadable, ofBob])).toEqual(['of-ann']);
      },
    );

    test.each<[name: string, finding: Finding, findings: readonly Finding[]]>([
      ['it is UNKNOWN for another reason', unknown('admin', 'its role was not read'), [unreadable]],
      ['another check says so of the resource', unknown('admin', 'it cannot be read'), [unknown('other', 'it cannot be read')]],
      ['it failed', aFinding('ann', { message: 'Its certificate cannot be read.' }), [unreadable]],
      ['it is that finding itself', unreadable, []],
      ['it is another such finding of the resource', { ...unreadable, id: 'second' }, [unreadable]],
      [
        'that finding is on the whole account',
        unknown('admin', 'it cannot be read', { resource: missing('x').resource }),
        [{ ...unreadable, resource: missing('x').resource }],
      ],
    ])('are not told where %s', (_name, finding, findings) => {
      expect(causesOf(finding, findings)).toBeUndefined();
    });
  });
});
