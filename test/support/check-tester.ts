import { type CheckResult, evaluate } from '../../lambda/scanner/evaluate/evaluate.ts';
import type { Check, CheckContext, OwnAccounts, Parameter } from '../../lambda/scanner/check.ts';
import type { Finding } from '../../lambda/scanner/model/finding.ts';
import { MAX_HEADLINE } from '../../lambda/scanner/model/headline.ts';
import type { Severity } from '../../lambda/scanner/model/severity.ts';
import type { FactName, Facts, ObservedFacts } from '../../lambda/scanner/facts/snapshot.ts';
import { collected, unavailable } from '../../lambda/scanner/model/observed.ts';
import type { PermissionLimit } from '../../lambda/scanner/iam/principal.ts';
import { aContext, anAccount, emptyAccount } from './builders.ts';

/** What is given: some facts, over an account that has nothing. */
export type Given = Partial<Facts>;

interface Failure {
  readonly given: Given;
  /** What the headline or the message must say. */
  readonly says: string | RegExp;
  /** The name of the resource that the finding must be about. */
  readonly on?: string;
  readonly severity?: Severity;
  readonly params?: Readonly<Record<string, Parameter>>;
}

interface Cases {
  /** Facts of which at least one subject passes and none fails. */
  readonly passes: Readonly<Record<string, Given>>;
  /** Facts that give exactly one finding. */
  readonly fails: Readonly<Record<string, Failure>>;
  /** Facts in which there is nothing to judge. */
  readonly ignores?: Readonly<Record<string, Given>>;
  /** Facts that cannot be judged for one subject, and what the reason must say. */
  readonly unknowns?: Readonly<Record<string, Omit<Failure, 'severity'>>>;
  /** The partition to judge in. */
  readonly partition?: string;
  /** The accounts of the owner; by default the one that is judged, and no other. */
  readonly own?: OwnAccounts;
  /** What the configuration asserts; by default nothing. */
  readonly asserted?: Asserted;
}

type Asserted = Pick<CheckContext, 'assertions' | 'isAmong'>;

/** Where a check judges. */
interface Setting {
  readonly partition?: string;
  readonly own?: OwnAccounts;
  /** The SCPs and RCPs over the account; by default none. */
  readonly limits?: readonly PermissionLimit[];
  readonly params?: Readonly<Record<string, Parameter>>;
  readonly asserted?: Asserted;
}

/** What a check says of these facts. */
export const judgementsOf = (check: Check, given: Given, { limits, params, asserted, ...setting }: Setting = {}): CheckResult =>
  judgeTwice(check, observe(given), {
    ...{ ...setting, ...asserted },
    account: () => anAccount({ ...emptyAccount, ...given }, setting.partition, limits),
    params: { ...check.params, ...params },
  });

/**
 * Tests a check by tables of named cases: at a fixed time, on frozen facts, twice over. That the check is UNKNOWN when any one of
 * the facts it needs cannot be seen is tested for every check.
 */
export function describeCheck(check: Check, cases: Cases): void {
  const { passes, fails, ignores = {}, unknowns = {}, partition = 'aws', own, asserted } = cases;
  const setting = { partition, ...(own ? { own } : {}), ...(asserted ? { asserted } : {}) };
  const judge = (given: Given, params: Setting['params'] = {}) => judgementsOf(check, given, { ...setting, params });

  describe(check.id, () => {
    for (const [name, given] of Object.entries(passes))
      test(`passes: ${name}`, () => {
        const { passed, findings } = judge(given);
        expect(findings).toEqual([]);
        expect(passed).toBeGreaterThan(0);
      });

    for (const [name, { given, says, on, severity, params }] of Object.entries(fails))
      test(`fails: ${name}`, () => {
        const { findings } = judge(given, params);
        expect(findings.map(({ status }) => status)).toEqual(['FAILED']);
        expectHeadline(findings[0], check);
        expectFinding(findings[0], { says, on });
        if (severity) expect(findings[0]?.severity).toBe(severity);
      });

    for (const [name, given] of Object.entries(ignores))
      test(`ignores: ${name}`, () => {
        expect(judge(given)).toEqual({ checkId: check.id, passed: 0, findings: [], records: [] });
      });

    for (const [name, { given, says, on, params }] of Object.entries(unknowns))
      test(`does not know: ${name}`, () => {
        const { findings } = judge(given, params);
        expect(findings.map(({ status }) => status)).toEqual(['UNKNOWN']);
        expectFinding(findings[0], { says, on });
      });

    test.each(check.needs)('does not know when %s cannot be seen', (need) => {
      const facts = { ...observe(emptyAccount), [need]: unavailable('access was denied') };
      const { passed, findings } = judgeTwice(check, facts, { partition, ...asserted, params: check.params });
      expect(passed).toBe(0);
      expect(findings).toMatchObject([{ status: 'UNKNOWN', message: `Not evaluated: ${need}: access was denied` }]);
    });
  });
}

function expectFinding(finding: Finding | undefined, { says, on }: { says: string | RegExp; on: string | undefined }) {
  expect(`${finding?.headline ?? ''}\n${finding?.message ?? ''}`).toMatch(says);
  expect(finding?.remediation).not.toBe('');
  if (on !== undefined) expect(finding?.resource.name).toBe(on);
}

/** A list of headlines must read without opening a finding: each names its resource, is short, and is not said again. */
function expectHeadline(finding: Finding | undefined, { title }: Check) {
  const { headline = '', message = '', resource } = finding ?? {};
  const name = resource?.arn.endsWith(':root') ? 'Root user' : (resource?.name ?? '');
  expect(headline).toContain(name.length > 60 ? name.slice(0, 6) : name);
  expect(headline).toMatch(/^[A-Z].*[^.!?…\s]$/);
  expect(Array.from(headline).length).toBeLessThanOrEqual(MAX_HEADLINE);
  expect(headline).not.toBe(title);
  expect(message).toMatch(/^\S.*[.!?)]$/s);
  expect(message).not.toContain(headline);
}

function judgeTwice(check: Check, facts: ObservedFacts, context: Partial<CheckContext>) {
  const once = () =>
    evaluate([check], deepFreeze(facts), () =>
      aContext({ isBreakGlass: ({ tags }) => tags.get('break-glass') === 'true', ...context }),
    );
  const [result] = once();
  expect(once()).toEqual([result]);
  if (!result) throw new Error(`${check.id} gave no result`);
  return result;
}

const observe = (given: Given): ObservedFacts => {
  const facts = { ...emptyAccount, ...given };
  const names = Object.keys(facts) as FactName[];
  return Object.fromEntries(names.map((name) => [name, collected(facts[name])])) as unknown as ObservedFacts;
};

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
