import { exitCode } from '../../bin/commands/exit-code.ts';
import type { Finding } from '../../lambda/scanner/model/finding.ts';
import type { Severity } from '../../lambda/scanner/model/severity.ts';

const finding = (status: Finding['status'], severity: Severity, checkId = 'a-check'): Finding => ({
  id: 'iam-vigil/v1/111122223333/a-check/AIDA',
  checkId,
  title: 'It should hold',
  headline: 'IAM user ann does not hold',
  severity,
  status,
  account: '111122223333',
  resource: { type: 'AwsIamUser', arn: 'arn:aws:iam::111122223333:user/ann', name: 'ann' },
  message: 'It does not.',
  evidence: {},
  remediation: 'Fix it.',
  standards: {},
});

const report = (complete: boolean, ...findings: readonly Finding[]) => ({ complete, findings });

test.each([
  ['nothing found', report(true), 'LOW', 0],
  ['failures, and no threshold', report(true, finding('FAILED', 'CRITICAL')), undefined, 0],
  ['a failure below the threshold', report(true, finding('FAILED', 'MEDIUM')), 'HIGH', 0],
  ['a failure at the threshold', report(true, finding('FAILED', 'HIGH')), 'HIGH', 1],
  ['a failure above the threshold', report(true, finding('FAILED', 'CRITICAL')), 'HIGH', 1],
  ['an accepted failure', report(true, finding('SUPPRESSED', 'CRITICAL')), 'LOW', 0],
  ['a broken assertion', report(true, finding('FAILED', 'HIGH', 'access-assertion-broken')), undefined, 1],
  ['a broken assertion that is accepted', report(true, finding('SUPPRESSED', 'HIGH', 'access-assertion-broken')), undefined, 0],
  [
    'an assertion that could not be evaluated',
    report(false, finding('UNKNOWN', 'HIGH', 'access-assertion-broken')),
    undefined,
    3,
  ],
  ['something not evaluated', report(false, finding('UNKNOWN', 'CRITICAL')), undefined, 3],
  ['something not evaluated, and a threshold', report(false, finding('UNKNOWN', 'CRITICAL')), 'LOW', 3],
  ['something not evaluated, and a failure', report(false, finding('FAILED', 'LOW'), finding('UNKNOWN', 'LOW')), 'LOW', 1],
  ['something not evaluated, and a failure below', report(false, finding('FAILED', 'LOW')), 'HIGH', 3],
] as const)('%s', (_name, judged, failOn, code) => {
  expect(exitCode(judged, failOn)).toBe(code);
});
