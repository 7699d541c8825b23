import type { Step, Verdict } from '../../lambda/scanner/model/verdict.ts';
import { renderAdmins } from '../../lambda/scanner/report/admins.ts';
import { type ExplainedStep, renderExplanation } from '../../lambda/scanner/report/explain-principal.ts';
import { ACCOUNT } from '../support/builders.ts';
import { aVerdict } from './report-builder.ts';

const arn = (resource: string) => `arn:aws:iam::${ACCOUNT}:${resource}`;
const verdictsShown = (text: string) => text.split('\n').filter((line) => /^\S/.test(line));

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
  test('is by verdict, strongest first, and people come before the platform', () => {
    expect(renderAdmins(everyone, { color: false })).toMatchSnapshot();
    expect(verdictsShown(renderAdmins(everyone, { color: false }))).toHaveLength(5);
  });

  test('of nobody says so', () => {
    expect(renderAdmins([], { color: true })).toBe('Nobody is admin, and nobody can become it.\n');
  });

  test('has colours where they are shown, and the same words', () => {
    const colored = renderAdmins(everyone, { color: true });
    expect(colored).toContain('\u001B[1m');
    expect(
      colored
        .split('\u001B')
        .map((part, index) => (index === 0 ? part : part.replace(/^\[\d+m/, '')))
        .join(''),
    ).toBe(renderAdmins(everyone, { color: false }));
  });

  test('obeys no name', () => {
    const hostile = aVerdict('\u001B[2J\nx', { verdict: 'can-become-admin', path: [{ ...toRole, to: arn('role/\u202Ex') }] });
    expect(renderAdmins([hostile], { color: false }).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(renderAdmins([hostile], { color: false }).trimEnd().split('\n')).toHaveLength(3);
  });
});

describe('the explanation', () => {
  const statement = { Sid: 'Own', Effect: 'Allow', Action: 'iam:PutUserPolicy', Resource: '*' };
  const found = { holder: arn('user/ann'), policy: 'inline:p', index: 0, statement };
  const explained = (one: Step, ...others: ExplainedStep['found']): ExplainedStep => ({ ...one, found: others });

  test('of who can become admin', () => {
    const principal = aVerdict('ann', { verdict: 'can-become-admin', path: [step, toRole] });
    const managed = { ...found, policy: arn('policy/m'), index: 2, statement: { Effect: 'Allow' } };
    const trust = { holder: arn('role/ops'), policy: 'trust:ops', index: 0, statement: null };
    const steps = [explained(step, found), explained(toRole, managed, trust)];
    expect(renderExplanation({ principal, steps, cut: [found, trust] }, { color: false })).toMatchSnapshot();
  });

  test('of who would be admin, if', () => {
    const principal = aVerdict('carl', {
      verdict: 'conditional',
      would: 'admin',
      conditions: [condition, { ...condition, controlledBy: 'caller' }, { ...condition, controlledBy: 'time' }],
      blockedBy: [{ kind: 'permissions-boundary', text: 'the boundary b allows nothing' }],
    });
    expect(renderExplanation({ principal, steps: [] }, { color: false })).toMatchSnapshot();
  });

  const plain: readonly (readonly [Verdict, string])[] = [
    ['none', 'is not admin, and no way to become it is known.'],
    ['admin', 'is admin: it is allowed every action on every resource.'],
    ['can-grant-admin', 'can make another identity admin, which it cannot itself act as:'],
  ];

  test.each(plain)('of who is %s', (verdict, sentence) => {
    const text = renderExplanation({ principal: aVerdict('x', { verdict }), steps: [] }, { color: false });
    expect(text).toContain(`${arn('user/x')}\n${sentence}\n`);
    expect(text.includes('No set of up to four statements')).toBe(verdict !== 'none');
  });

  test('of the platform says so', () => {
    const principal = aVerdict('x', { verdict: 'conditional', platform: true, conditions: [condition] });
    const text = renderExplanation({ principal, steps: [] }, { color: false });
    expect(text).toContain('belongs to the platform; it is or becomes admin only if');
    expect(text).toContain('\nOnly if:\n  - the request comes from 192.0.2.0/24 (the environment decides)');
  });

  test('obeys no name and no document', () => {
    const hostile = { ...found, holder: '\u001B[2J', statement: { Sid: '\u202Ex\u009B', Resource: ['\u001B', '\u2028'] } };
    const principal = aVerdict('\u0007', { verdict: 'can-become-admin', conditions: [{ ...condition, text: 'a\u001Bb' }] });
    const text = renderExplanation({ principal, steps: [explained(step, hostile)], cut: [hostile] }, { color: false });
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\u2028]/u);
  });
});
