import type { Exception } from '../../lambda/scanner/config.ts';
import { type Standing, applyExceptions, standingsIn } from '../../lambda/scanner/evaluate/exceptions.ts';
import type { Finding } from '../../lambda/scanner/model/finding.ts';
import { DAY } from '../../lambda/scanner/model/instant.ts';
import { ACCOUNT, NOW } from '../support/builders.ts';

const arn = (name: string) => `arn:aws:iam::${ACCOUNT}:user/${name}`;

const finding = (name: string, changes: Partial<Finding> = {}): Finding => ({
  id: `iam-vigil/v1/${ACCOUNT}/access-key-unused/${name}`,
  checkId: 'access-key-unused',
  title: 'Unused access keys should be removed',
  headline: `Access key of IAM user ${name} is unused`,
  severity: 'MEDIUM',
  status: 'FAILED',
  account: ACCOUNT,
  resource: { type: 'AwsIamUser', arn: arn(name), name },
  message: 'It is not.',
  evidence: { unusedDays: 50 },
  remediation: 'Deactivate it.',
  standards: {},
  ...changes,
});

const exception = (changes: Partial<Exception> = {}): Exception => ({
  check: 'access-key-unused',
  principal: arn('ci'),
  reason: 'moves in May',
  owner: 'platform team',
  expires: NOW + 30 * DAY,
  ...changes,
});

const standing = () => ({});

const named = `Exception for check access-key-unused, principal ${arn('ci')} (owner platform team)`;

describe('an active exception', () => {
  test('suppresses the failure that it names, and says why and until when', () => {
    const { findings, notices } = applyExceptions(
      [finding('ci'), finding('ann')],
      [exception({ ticket: 'OPS-1' })],
      NOW,
      standing,
    );
    expect(findings).toEqual([
      {
        ...finding('ci', { status: 'SUPPRESSED' }),
        evidence: {
          unusedDays: 50,
          exception: { reason: 'moves in May', owner: 'platform team', ticket: 'OPS-1', expires: '2026-12-20T03:00:00Z' },
        },
      },
      finding('ann'),
    ]);
    expect(notices).toEqual([]);
  });

  test.each([
    ['*', ['ci', 'ann', 'x/ci']],
    [`arn:aws:iam::${ACCOUNT}:user/c?`, ['ci']],
    ['arn:aws:iam::*:user/*', ['ci', 'ann', 'x/ci']],
    [arn('c'), []],
    [arn('CI'), []],
    ['user/ci', []],
  ])('for %s suppresses of %p', (principal, suppressed) => {
    const all = ['ci', 'ann', 'x/ci'].map((name) => finding(name));
    const { findings } = applyExceptions(all, [exception({ principal })], NOW, standing);
    expect(findings.filter(({ status }) => status === 'SUPPRESSED').map(({ resource }) => resource.name)).toEqual(suppressed);
  });

  test('does not change findings of other checks, or UNKNOWN findings', () => {
    const all = [finding('ci', { checkId: 'access-key-unrotated' }), finding('ci', { status: 'UNKNOWN' })];
    expect(applyExceptions(all, [exception()], NOW, standing)).toEqual({ findings: all, notices: [] });
  });

  test('that names no ticket has none', () => {
    const [suppressed] = applyExceptions([finding('ci')], [exception()], NOW, standing).findings;
    expect(suppressed?.evidence['exception']).not.toHaveProperty('ticket');
  });
});

describe('the end of an exception', () => {
  const cases = [
    ['long ago', -400 * DAY, 'FAILED', [`${named} expired on 2025-10-16. Fix the finding or renew the exception.`]],
    ['just now', 0, 'FAILED', [`${named} expired on 2026-11-20. Fix the finding or renew the exception.`]],
    ['in a moment', 1, 'SUPPRESSED', [`${named} expires on 2026-11-20.`]],
    ['in two weeks', 14 * DAY, 'SUPPRESSED', [`${named} expires on 2026-12-04.`]],
    ['later', 14 * DAY + 1, 'SUPPRESSED', []],
  ] as const;

  test.each(cases)('%s', (_name, ahead, status, notices) => {
    const excepted = applyExceptions([finding('ci')], [exception({ expires: NOW + ahead })], NOW, standing);
    expect(excepted.findings.map((one) => one.status)).toEqual([status]);
    expect(excepted.notices).toEqual(notices);
  });
});

describe('an exception that matches nothing says so', () => {
  test.each([
    [
      'for a principal that does not exist',
      exception({ principal: arn('missing') }),
      `Exception for check access-key-unused, principal ${arn('missing')} (owner platform team)`,
    ],
    [
      'that has also expired',
      exception({ principal: '-', expires: 0 }),
      'Exception for check access-key-unused, principal - (owner platform team)',
    ],
  ])('%s', (_name, unused, words) => {
    expect(applyExceptions([finding('ci')], [unused], NOW, standing).notices).toEqual([
      `${words} matches no finding. Remove it.`,
    ]);
  });
});

describe('several exceptions of one finding', () => {
  const living = exception({ principal: '*', reason: 'all of them' });
  const expired = exception({ expires: NOW - DAY });

  test.each([
    ['the active one first', [living, expired]],
    ['the active one last', [expired, living]],
  ])('the active one counts: %s', (_name, exceptions) => {
    const { findings, notices } = applyExceptions([finding('ci')], exceptions, NOW, standing);
    expect(findings).toMatchObject([{ status: 'SUPPRESSED', evidence: { exception: { reason: 'all of them' } } }]);
    expect(notices).toEqual([`${named} expired on 2026-11-19. Fix the finding or renew the exception.`]);
  });
});

describe('an exception is bound to what it accepted', () => {
  const accepted = { severity: 'MEDIUM', verdict: 'conditional', otherAccounts: 1 } as const;
  const bound = exception({ accepted });

  test.each<[string, Partial<Finding>, Standing, string | undefined]>([
    ['the same', {}, { verdict: 'conditional', otherAccounts: 1 }, undefined],
    ['less severe', { severity: 'LOW' }, { verdict: 'none', otherAccounts: 0 }, undefined],
    ['more severe', { severity: 'HIGH' }, {}, 'severity HIGH, accepted was MEDIUM'],
    ['a stronger verdict', {}, { verdict: 'admin' }, 'verdict admin, accepted was conditional'],
    ['further accounts', {}, { verdict: 'conditional', otherAccounts: 2 }, '2 other accounts, accepted were 1'],
    ['access that is not known', {}, {}, undefined],
  ])('%s', (_name, changes, current, worse) => {
    const { findings, notices } = applyExceptions([finding('ci', changes)], [bound], NOW, () => current);
    expect(findings.map(({ status }) => status)).toEqual([worse === undefined ? 'SUPPRESSED' : 'FAILED']);
    expect(notices).toEqual(
      worse === undefined
        ? []
        : [
            `${named} does not accept what is worse than it was: Access key of IAM user ci is unused (${worse}). Fix the finding, or accept it anew.`,
          ],
    );
  });

  test('what binds nothing accepts whatever comes, and another exception may accept what is worse', () => {
    const worse = finding('ci', { severity: 'CRITICAL' });
    for (const exceptions of [[exception()], [exception({ accepted: {} })], [bound, exception()]])
      expect(applyExceptions([worse], exceptions, NOW, standing).findings[0]?.status).toBe('SUPPRESSED');
  });
});

describe('an exception for many findings that are worse names three of them', () => {
  const accepted = { severity: 'LOW' } as const;
  const worse = (name: string) => `Access key of IAM user ${name} is unused (severity MEDIUM, accepted was LOW)`;

  test.each([
    ['three', ['ann', 'bob', 'cem'], `${worse('ann')}; ${worse('bob')}; ${worse('cem')}`],
    ['five', ['ann', 'bob', 'cem', 'dan', 'eve'], `${worse('ann')}; ${worse('bob')}; ${worse('cem')}; 2 more`],
  ])('of %s', (_name, names, words) => {
    const all = names.map((name) => finding(name));
    expect(applyExceptions(all, [exception({ principal: '*', accepted })], NOW, standing).notices).toEqual([
      `Exception for check access-key-unused, principal * (owner platform team) does not accept what is worse than it was: ${words}. Fix the finding, or accept it anew.`,
    ]);
  });
});

describe('how far a principal of a report gets', () => {
  const standingOf = standingsIn([
    { arn: arn('ann'), verdict: 'admin', reachedAccounts: { count: 3, accounts: [], ifConditions: 1 } },
    { arn: arn('bob'), verdict: 'conditional' },
  ]);

  test.each<[name: string, arn: string, standing: Standing]>([
    ['into other accounts', arn('ann'), { verdict: 'admin', otherAccounts: 3 }],
    ['only into its own', arn('bob'), { verdict: 'conditional', otherAccounts: 0 }],
    ['nowhere: it is not listed', arn('cem'), {}],
  ])('%s', (_name, principal, expected) => {
    expect(standingOf(principal)).toEqual(expected);
  });
});
