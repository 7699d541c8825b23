import { DENIAL, type Step, type Verdict } from '../../lambda/scanner/model/verdict.ts';
import { renderAdmins } from '../../lambda/scanner/report/admins.ts';
import { type ExplainedStep, renderExplanation } from '../../lambda/scanner/report/explain-principal.ts';
import { ACCOUNT } from '../support/builders.ts';
import { aVerdict } from './report-builder.ts';

const arn = (resource: string) => `arn:aws:iam::${ACCOUNT}:${resource}`;
const verdictsShown = (text: string) => text.split('\n').filter((line) => /^[A-Z]/.test(line));

const step: Step = {
  rule: 'put-user-policy',
  title: 'writes an inline policy for itself',
  aliases: ['iam-007'],
  actions: ['iam:PutUserPolicy'],
  from: arn('user/ann'),
  to: arn('user/ann'),
  statements: [{ policy: 'inline:p', index: 0 }],
};
const toRole: Step = { ...step, rule: 'assume-role', aliases: [], actions: ['sts:AssumeRole'], to: arn('role/ops') };
const condition = { key: 'aws:sourceip', controlledBy: 'environment', text: 'the request comes from 192.0.2.0/24' } as const;

const everyone = [
  aVerdict('zoe'),
  aVerdict('carl', { verdict: 'conditional', would: 'admin', conditions: [condition], path: [step] }),
  aVerdict('dora', {
    verdict: 'conditional',
    conditions: [condition, { ...condition, controlledBy: 'caller', text: 'MFA is used' }],
  }),
  aVerdict('platform', { verdict: 'admin', platform: true }),
  aVerdict('ann', { verdict: 'can-become-admin', path: [step, toRole] }),
  aVerdict('gina', { verdict: 'can-grant-admin', path: [toRole] }),
  aVerdict('root', { verdict: 'admin', type: 'root' }),
];

describe('the list', () => {
  test('is by verdict, strongest first, with platform roles last', () => {
    expect(renderAdmins(everyone, { color: false })).toMatchSnapshot();
    expect(verdictsShown(renderAdmins(everyone, { color: false }))).toHaveLength(5);
  });

  test('without principals says so', () => {
    expect(renderAdmins([], { color: true })).toBe('No principal has, or can escalate to, administrator access.\n');
  });

  test('has the same words with colors', () => {
    const colored = renderAdmins(everyone, { color: true });
    expect(colored).toContain('\u001B[1m');
    expect(
      colored
        .split('\u001B')
        .map((part, index) => (index === 0 ? part : part.replace(/^\[\d+m/, '')))
        .join(''),
    ).toBe(renderAdmins(everyone, { color: false }));
  });

  test('contains no control character of a name', () => {
    const hostile = aVerdict('\u001B[2J\nx', { verdict: 'can-become-admin', path: [{ ...toRole, to: arn('role/\u202Ex') }] });
    expect(renderAdmins([hostile], { color: false }).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(renderAdmins([hostile], { color: false }).trimEnd().split('\n')).toHaveLength(5);
  });
});

describe('the explanation', () => {
  const statement = { Sid: 'Own', Effect: 'Allow', Action: 'iam:PutUserPolicy', Resource: '*' };
  const found = { holder: arn('user/ann'), policy: 'inline:p', index: 0, statement };
  const explained = (one: Step, ...others: ExplainedStep['found']): ExplainedStep => ({ ...one, found: others });

  test('of a principal that can become admin', () => {
    const principal = aVerdict('ann', { verdict: 'can-become-admin', path: [step, toRole] });
    const managed = { ...found, policy: arn('policy/m'), index: 2, statement: { Effect: 'Allow' } };
    const trust = { holder: arn('role/ops'), policy: 'trust:ops', index: 0, statement: null };
    const steps = [explained(step, found), explained(toRole, managed, trust)];
    expect(renderExplanation({ principal, steps, cut: [found, trust] }, { color: false })).toMatchSnapshot();
  });

  test('of a conditional principal', () => {
    const principal = aVerdict('carl', {
      verdict: 'conditional',
      would: 'admin',
      conditions: [condition, { ...condition, controlledBy: 'caller' }, { ...condition, controlledBy: 'time' }],
      blockedBy: [{ kind: 'permissions-boundary', text: 'the boundary b allows nothing' }],
    });
    expect(renderExplanation({ principal, steps: [] }, { color: false })).toMatchSnapshot();
  });

  const plain: readonly (readonly [Verdict, string])[] = [
    ['none', 'is not admin and has no known path to admin.'],
    ['admin', 'is admin: it is allowed every action on every resource.'],
    ['can-grant-admin', 'can make another principal admin, but not itself:'],
  ];

  test.each(plain)('of a principal that is %s', (verdict, sentence) => {
    const text = renderExplanation({ principal: aVerdict('x', { verdict }), steps: [] }, { color: false });
    expect(text).toContain(`${arn('user/x')}\n${sentence}\n`);
    expect(text.includes('No set of up to 4 statements')).toBe(verdict !== 'none');
  });

  test('of a root user names no statement to remove', () => {
    const root = aVerdict('x', { arn: `arn:aws:iam::${ACCOUNT}:root`, type: 'root', verdict: 'admin' });
    const text = renderExplanation({ principal: root, steps: [] }, { color: false });
    expect(text).toContain('The root user does not get its access from a policy.');
    expect(text).not.toContain('statements');
  });

  test('shows a reason once, as what blocks more access', () => {
    const scp = { kind: 'scp', text: 'Not allowed by the service control policy S' } as const;
    const principal = aVerdict('x', { verdict: 'can-become-admin', blockedBy: [scp, { ...scp }] });
    const text = renderExplanation({ principal, steps: [] }, { color: false });
    expect(text).toContain('\nMore access is blocked by:\n  - Not allowed by the service control policy S\n\n');
  });

  test('of a platform role says so', () => {
    const principal = aVerdict('x', { verdict: 'conditional', platform: true, conditions: [condition] });
    const text = renderExplanation({ principal, steps: [] }, { color: false });
    expect(text).toContain('is a platform role. It is, or can become, admin depending on conditions');
    expect(text).toContain('\nOnly if:\n  - the request comes from 192.0.2.0/24 (controlled by the environment)');
  });

  test('shows the condition of a Deny statement as such', () => {
    const denial = { ...condition, text: `${DENIAL}${condition.text}` };
    const conditions = [denial, { ...condition, text: 'MFA is used' }];
    const both = renderExplanation(
      { principal: aVerdict('x', { verdict: 'conditional', would: 'admin', conditions }), steps: [] },
      { color: false },
    );
    expect(both).toContain('\nIt is admin only if:\n  - MFA is used (controlled by the environment)\n');
    expect(both).toContain(
      '\nA Deny statement applies if:\n  - the request comes from 192.0.2.0/24 (controlled by the environment)\n',
    );
    const one = aVerdict('x', { verdict: 'conditional', would: 'can-become-admin', conditions: [denial] });
    expect(renderExplanation({ principal: one, steps: [] }, { color: false })).toContain(
      '\nIt can become admin, but a Deny statement applies if:\n',
    );
    expect(renderAdmins([aVerdict('x', { verdict: 'conditional', would: 'admin', conditions })], { color: false })).toContain(
      '      Is admin only if: MFA is used. A Deny statement applies if: the request comes from 192.0.2.0/24.\n',
    );
  });

  test('of an admin shows the statements, and no step', () => {
    const everything: Step = { ...step, rule: 'allows-everything', title: 'is allowed everything', actions: ['*'] };
    const principal = aVerdict('x', { verdict: 'admin', path: [everything] });
    const text = renderExplanation({ principal, steps: [explained(everything, found)], cut: [found] }, { color: false });
    expect(text).toContain('is admin: it is allowed every action on every resource.\n\n   Allowed by statement 1 (Own) of ');
    expect(text).not.toContain('1. ');
    expect(renderAdmins([{ ...principal, verdict: 'conditional', would: 'admin' }], { color: false })).not.toContain('*');
  });

  test('contains no control character of a name or a document', () => {
    const hostile = { ...found, holder: '\u001B[2J', statement: { Sid: '\u202Ex\u009B', Resource: ['\u001B', '\u2028'] } };
    const principal = aVerdict('\u0007', { verdict: 'can-become-admin', conditions: [{ ...condition, text: 'a\u001Bb' }] });
    const text = renderExplanation({ principal, steps: [explained(step, hostile)], cut: [hostile] }, { color: false });
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\u2028]/u);
  });
});
