import { evaluate } from '../../lambda/scanner/evaluate/evaluate.ts';
import {
  type Check,
  type CheckContext,
  type Judgement,
  type Subject,
  defineCheck,
  fail,
  pass,
  record,
  unknown,
} from '../../lambda/scanner/check.ts';
import { organizationParts } from '../../lambda/scanner/facts/organization-parts/index.ts';
import type { OrganizationSnapshot } from '../../lambda/scanner/facts/organization-parts/organization-snapshot.ts';
import type { Severity } from '../../lambda/scanner/model/severity.ts';
import type { ObservedFacts } from '../../lambda/scanner/facts/snapshot.ts';
import { collected, unavailable } from '../../lambda/scanner/model/observed.ts';
import type { Verdict } from '../../lambda/scanner/model/verdict.ts';
import { ACCOUNT, aContext, aUser, adminAccess, identities } from '../support/builders.ts';
import { collectedFacts } from '../support/observed-facts.ts';
import { anOrganization } from '../support/organization.ts';
import { aReach } from '../support/verdicts.ts';
import { userResource } from '../../lambda/scanner/check-support/credentials/users.ts';

const context = (): CheckContext => aContext();

type Options = Partial<Pick<Check, 'severity' | 'raisedForAdmins'>> & {
  readonly id?: string;
  readonly judge?: (name: string) => Judgement;
  readonly select?: () => readonly Subject[];
  readonly remediation?: (name: string) => string;
};

/** A check of every user. */
const aCheck = ({ id = 'a-check', judge = () => pass, select, remediation, ...more }: Options = {}): Check =>
  defineCheck({
    id,
    title: 'It should hold',
    severity: 'MEDIUM',
    rationale: 'None.',
    standards: { NIS2: 'Art. 21' },
    needs: ['identities'],
    ...more,
    select: (facts) => select?.() ?? facts.identities.users.map((user) => ({ resource: userResource(user) })),
    judge: ({ resource }) => judge(resource.name),
    remediation: ({ resource }) => remediation?.(resource.name) ?? `Fix ${resource.name}.`,
  });

const users = collectedFacts({ identities: identities({ users: ['ann', 'bob', 'carol'].map((name) => aUser(name)) }) });
const run = (checks: readonly Check[], facts = users) => evaluate(checks, facts, context);

test('a failure becomes a finding with all its data', () => {
  const check = aCheck({
    judge: (name) =>
      name === 'bob' ? fail('User bob is wrong', { message: 'It has been so for days.', evidence: { days: 5 } }) : pass,
  });
  expect(run([check])).toEqual([
    {
      checkId: 'a-check',
      passed: 2,
      findings: [
        {
          id: `iam-vigil/v1/${ACCOUNT}/a-check/AIDABOB`,
          checkId: 'a-check',
          title: 'It should hold',
          severity: 'MEDIUM',
          status: 'FAILED',
          account: ACCOUNT,
          resource: { type: 'AwsIamUser', arn: `arn:aws:iam::${ACCOUNT}:user/bob`, name: 'bob' },
          headline: 'User bob is wrong',
          message: 'It has been so for days.',
          evidence: { days: 5 },
          remediation: 'Fix bob.',
          standards: { NIS2: 'Art. 21' },
        },
      ],
      records: [],
    },
  ]);
});

test('a subject that cannot be evaluated is UNKNOWN with the reason, and not passed', () => {
  const [result] = run([aCheck({ judge: (name) => (name === 'ann' ? unknown('it was not seen') : pass) })]);
  expect(result).toMatchObject({
    passed: 2,
    findings: [{ status: 'UNKNOWN', severity: 'MEDIUM', message: 'Not evaluated: it was not seen', resource: { name: 'ann' } }],
  });
});

test('a record counts as passed, and is no finding', () => {
  const check = aCheck({ judge: (name) => (name === 'bob' ? record('User bob is listed', { evidence: { days: 5 } }) : pass) });
  expect(run([check])).toEqual([
    {
      checkId: 'a-check',
      passed: 3,
      findings: [],
      records: [
        {
          id: `iam-vigil/v1/${ACCOUNT}/a-check/AIDABOB`,
          checkId: 'a-check',
          title: 'It should hold',
          severity: 'INFORMATIONAL',
          status: 'PASSED',
          account: ACCOUNT,
          resource: { type: 'AwsIamUser', arn: aUser('bob').arn, name: 'bob' },
          headline: 'User bob is listed',
          message: 'None.',
          evidence: { days: 5 },
          remediation: 'Fix bob.',
          standards: { NIS2: 'Art. 21' },
        },
      ],
    },
  ]);
});

test('a subject whose evaluation throws is UNKNOWN, and the others are evaluated', () => {
  const judge = (name: string) => {
    if (name === 'ann') throw new TypeError('x is undefined');
    return fail(`User ${name} is wrong`);
  };
  const [result, other] = run([aCheck({ judge }), aCheck({ id: 'other-check' })]);
  expect(result?.findings.map(({ status, resource }) => `${status} ${resource.name}`)).toEqual([
    'UNKNOWN ann',
    'FAILED bob',
    'FAILED carol',
  ]);
  expect(result?.findings[0]?.message).toBe('Not evaluated: an error in iam-vigil, please report it: TypeError: x is undefined');
  expect(other).toEqual({ checkId: 'other-check', passed: 3, findings: [], records: [] });
});

test.each([
  [
    'selects',
    {
      select: () => {
        throw new Error('no scope');
      },
    },
  ],
  [
    'writes the next step',
    {
      judge: () => fail('It is wrong'),
      remediation: () => {
        throw new Error('no scope');
      },
    },
  ],
])('a check that throws when it %s is UNKNOWN for the account, and the other checks are evaluated', (_name, broken) => {
  const [result, other] = run([aCheck(broken), aCheck({ id: 'other-check' })]);
  expect(result).toMatchObject({
    passed: 0,
    findings: [
      {
        status: 'UNKNOWN',
        message: 'Not evaluated: an error in iam-vigil, please report it: Error: no scope',
        resource: { type: 'AwsAccount', name: ACCOUNT },
      },
    ],
  });
  expect(other?.passed).toBe(3);
});

test('an unavailable fact makes the whole check UNKNOWN once, with the reason', () => {
  const facts = { ...users, identities: unavailable('access to iam:X was denied', 'iam:X') };
  const [result] = run([aCheck()], facts);
  expect(result).toMatchObject({
    passed: 0,
    findings: [
      {
        id: `iam-vigil/v1/${ACCOUNT}/a-check/${ACCOUNT}`,
        status: 'UNKNOWN',
        message: 'Not evaluated: identities: access to iam:X was denied',
        remediation: expect.stringContaining('iam-vigil permissions') as string,
      },
    ],
  });
});

test('all unavailable facts are named', () => {
  const check: Check = { ...aCheck(), needs: ['identities', 'passwordPolicy', 'organization'] };
  const facts = { ...users, identities: unavailable('it was cut'), organization: unavailable('it was denied') };
  expect(run([check], facts)[0]?.findings.map(({ message }) => message)).toEqual([
    'Not evaluated: identities: it was cut; organization: it was denied',
  ]);
});

test('a check gets the facts that it declares and no others', () => {
  const seen: string[] = [];
  const check: Check = {
    ...aCheck(),
    run: (facts) => {
      seen.push(...Object.keys(facts));
      return [];
    },
  };
  run([check]);
  expect(seen).toEqual(['identities']);
});

test('a check that cannot run passes nothing and records nothing', () => {
  const [result] = run([aCheck()], { ...users, identities: unavailable('it was cut') });
  expect(result).toMatchObject({ checkId: 'a-check', passed: 0, records: [] });
  expect(result?.findings).toHaveLength(1);
});

test('a check that asks for permissions and does not need the fact access is UNKNOWN, and names what it lacks', () => {
  const asking = (needs: Check['needs']): Check => ({
    ...aCheck(),
    needs,
    run: (_facts, { account }) => {
      account();
      return [];
    },
  });
  expect(run([asking(['identities'])])[0]?.findings.map(({ message }) => message)).toEqual([
    'Not evaluated: an error in iam-vigil, please report it: Error: a-check evaluates requests and does not need the fact access',
  ]);
  expect(run([asking(['identities', 'access'])])[0]?.findings).toEqual([]);
});

describe('the whole organization', () => {
  const organization = { ...anOrganization(), takenAt: 5 };
  const partsReadBy = (read: (known: OrganizationSnapshot) => unknown, wholeOrganization = organization): readonly string[] => {
    const parts: string[] = [];
    const check: Check = {
      ...aCheck(),
      needs: ['wholeOrganization'],
      run: (facts) => {
        if (facts.wholeOrganization) read(facts.wholeOrganization);
        return [];
      },
    };
    evaluate([check], collectedFacts({ wholeOrganization }), context, (id, part) => parts.push(`${id} ${part}`));
    return parts;
  };

  test('tells which part a check reads', () => {
    expect(partsReadBy(({ Roots, Policies }) => [Roots, Policies])).toEqual(['a-check Roots', 'a-check Policies']);
  });

  test('is read in all parts by a check that copies it', () => {
    expect(partsReadBy((known) => ({ ...known }))).toEqual(organizationParts.map((part) => `a-check ${part}`));
  });

  test('has its parts and the time at which it was collected', () => {
    const read: OrganizationSnapshot[] = [];
    partsReadBy((known) => read.push({ ...known }));
    expect(read).toEqual([organization]);
  });
});

describe('a principal that is admin of other accounts', () => {
  const ids = (count: number) => Array.from({ length: count }, (_, index) => `20000000000${index + 1}`);
  const subject = (arn: string): Subject => ({
    resource: { ...userResource(aUser('ann')), type: 'AwsIamAccessKey', name: 'AKIA1' },
    principalArn: arn,
  });
  const reaching = (accounts: readonly string[], options: Options = {}, arn = aUser('ann').arn) => {
    const check = aCheck({
      judge: () => fail('It is wrong', { message: 'It is so.', evidence: { days: 5 } }),
      select: () => [subject(arn)],
      ...options,
    });
    const facts = collectedFacts({ crossAccountReach: new Map([[arn, aReach(arn, accounts)]]) });
    return run([check], facts)[0]?.findings[0];
  };

  test.each<[count: number, where: string]>([
    [1, 'another account: 200000000001'],
    [2, '2 other accounts: 200000000001, 200000000002'],
    [5, '5 other accounts: 200000000001, 200000000002, 200000000003, 200000000004, 200000000005'],
    [6, '6 other accounts: 200000000001, 200000000002, 200000000003, 200000000004, 200000000005 and 1 more'],
    [8, '8 other accounts: 200000000001, 200000000002, 200000000003, 200000000004, 200000000005 and 3 more'],
  ])('%p: the finding names at most five, and counts them', (count, where) => {
    expect(reaching(ids(count))).toMatchObject({
      message: `It is so. IAM user ann is, or can become, administrator in ${where}.`,
      evidence: { days: 5, reach: ids(count).slice(0, 5), reachCount: count },
    });
  });

  test('its own account is not one of them', () => {
    expect(reaching([ACCOUNT, ...ids(1)])?.evidence).toEqual({ days: 5, reach: ids(1), reachCount: 1 });
    expect(reaching([ACCOUNT])).toMatchObject({ message: 'It is so.', evidence: { days: 5 }, severity: 'MEDIUM' });
    expect(reaching([ACCOUNT], { raisedForAdmins: true })?.severity).toBe('MEDIUM');
  });

  test('a role with a path is named by its name', () => {
    expect(reaching(ids(1), {}, `arn:aws:iam::${ACCOUNT}:role/team/ops`)?.message).toBe(
      'It is so. IAM role ops is, or can become, administrator in another account: 200000000001.',
    );
  });

  test('the severity is raised where the check says so', () => {
    expect(reaching(ids(1), { raisedForAdmins: true })?.severity).toBe('HIGH');
    expect(reaching(ids(1))?.severity).toBe('MEDIUM');
  });

  test('a finding of a principal that reaches none says nothing', () => {
    expect(reaching(ids(1), { select: () => [subject(aUser('bob').arn)] })).toMatchObject({
      message: 'It is so.',
      evidence: { days: 5 },
    });
    expect(reaching([])).toMatchObject({ message: 'It is so.', evidence: { days: 5 } });
  });
});

describe('severity', () => {
  const annIs = (verdict: Verdict) => {
    const [[arn, admin] = []] = adminAccess(`arn:aws:iam::${ACCOUNT}:user/ann`);
    return arn && admin ? new Map([[arn, { ...admin, verdict }]]) : new Map();
  };
  const severityOf = (options: Options, facts: ObservedFacts): readonly Severity[] =>
    run([aCheck({ judge: () => fail('It is wrong'), ...options })], facts).flatMap(({ findings }) =>
      findings.map(({ severity }) => severity),
    );

  const cases: readonly (readonly [Verdict, Options, Severity])[] = [
    ['admin', { raisedForAdmins: true }, 'HIGH'],
    ['can-become-admin', { raisedForAdmins: true }, 'HIGH'],
    ['can-grant-admin', { raisedForAdmins: true }, 'HIGH'],
    ['conditional', { raisedForAdmins: true }, 'MEDIUM'],
    ['none', { raisedForAdmins: true }, 'MEDIUM'],
    ['admin', {}, 'MEDIUM'],
    ['admin', { raisedForAdmins: true, severity: 'CRITICAL' }, 'CRITICAL'],
    ['admin', { raisedForAdmins: true, judge: () => fail('It is', { severity: 'LOW' }) }, 'LOW'],
  ];

  test.each(cases)('of a principal that is %s, with %p, is %s', (verdict, options, severity) => {
    const facts = { ...users, access: collected(annIs(verdict)) };
    expect(severityOf(options, facts)[0]).toBe(severity);
  });

  test('of others stays', () => {
    expect(severityOf({ raisedForAdmins: true }, { ...users, access: collected(annIs('admin')) })).toEqual([
      'HIGH',
      'MEDIUM',
      'MEDIUM',
    ]);
  });

  test('stays where it is not known who is admin', () => {
    expect(severityOf({ raisedForAdmins: true }, { ...users, access: unavailable('no') })).toEqual([
      'MEDIUM',
      'MEDIUM',
      'MEDIUM',
    ]);
  });
});
