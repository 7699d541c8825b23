import type { Config } from '../../lambda/scanner/config.ts';
import { summarize } from '../../lambda/scanner/evaluate/summary.ts';
import { aFinding } from '../report/report-builder.ts';

const config = (...enabled: readonly (boolean | undefined)[]): Pick<Config, 'checks'> => ({
  checks: new Map(
    enabled.map((value, index) => [`check-${index}`, { params: {}, ...(value === undefined ? {} : { enabled: value }) }]),
  ),
});
const none = { INFORMATIONAL: 0, LOW: 0, MEDIUM: 0, HIGH: 0, CRITICAL: 0 };

test('findings are counted by status, and failures by severity', () => {
  const findings = [
    aFinding('ann', { severity: 'HIGH' }),
    aFinding('bob', { severity: 'HIGH' }),
    aFinding('carol', { severity: 'LOW' }),
    aFinding('dave', { severity: 'HIGH', status: 'UNKNOWN' }),
    aFinding('eve', { severity: 'LOW', status: 'SUPPRESSED' }),
    aFinding('frank', { severity: 'CRITICAL', status: 'SUPPRESSED' }),
    aFinding('grace', { severity: 'CRITICAL', status: 'SUPPRESSED' }),
  ];
  const results = [{ passed: 4 }, { passed: 0 }, { passed: 3 }];
  expect(summarize(findings, results, { checks: ['a', 'b', 'c'], config: config() })).toEqual({
    failed: { ...none, HIGH: 2, LOW: 1 },
    unknown: 1,
    suppressed: 3,
    passed: 7,
    checks: 3,
  });
});

test('a scan that ran nothing counts nothing', () => {
  expect(summarize([], [], { checks: [], config: config() })).toStrictEqual({
    ...{ failed: none, unknown: 0, suppressed: 0, passed: 0, checks: 0 },
  });
});

test('only checks that the configuration turns off are switched off', () => {
  expect(summarize([], [], { checks: [], config: config(false, true, undefined, false, false) }).switchedOff).toBe(3);
});
