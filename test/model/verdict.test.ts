import {
  type PrincipalVerdict,
  type Verdict,
  type VerdictCondition,
  isAdminCapable,
  verdictInPlace,
} from '../../lambda/scanner/model/verdict.ts';
import { aUser } from '../support/builders.ts';
import { aVerdict } from '../support/verdicts.ts';

const condition = (key: string, controlledBy: VerdictCondition['controlledBy'] = 'environment'): VerdictCondition => ({
  key,
  controlledBy,
  text: key,
});
const behind = (would: Verdict, ...conditions: readonly VerdictCondition[]): PrincipalVerdict =>
  aVerdict(aUser('ann').arn, 'conditional', { would, conditions });

test.each<[name: string, principal: PrincipalVerdict, inPlace: Verdict]>([
  ['an address', behind('admin', condition('aws:SourceIp')), 'admin'],
  ['a VPC', behind('can-become-admin', condition('aws:SourceVpc')), 'can-become-admin'],
  ['a VPC endpoint of the organization', behind('admin', condition('aws:vpceorgid')), 'admin'],
  ['a time', behind('can-grant-admin', condition('aws:currenttime', 'time')), 'can-grant-admin'],
  ['an address and a time', behind('admin', condition('aws:sourceip'), condition('aws:tokenissuetime', 'time')), 'admin'],
  ['an address and a choice of the caller', behind('admin', condition('aws:sourceip'), condition('x', 'caller')), 'admin'],
  ['MFA', behind('admin', condition('aws:multifactorauthpresent')), 'conditional'],
  ['an address and MFA', behind('admin', condition('aws:sourceip'), condition('aws:multifactorauthage')), 'conditional'],
  ['a tag', behind('admin', condition('aws:principaltag/team')), 'conditional'],
  ['a policy that could not be read', behind('admin', condition('policy:inline:own')), 'conditional'],
  ['compute that must exist', behind('can-become-admin', condition('compute:lambda')), 'conditional'],
  ['nothing that is known', behind('admin'), 'conditional'],
])('an admin behind %s', (_name, principal, inPlace) => {
  expect(verdictInPlace(principal)).toBe(inPlace);
  expect(isAdminCapable(principal)).toBe(inPlace !== 'conditional');
});

test.each<[verdict: Verdict, isCapable: boolean]>([
  ['admin', true],
  ['can-become-admin', true],
  ['can-grant-admin', true],
  ['none', false],
])('a principal with the verdict %s', (verdict, isCapable) => {
  expect(isAdminCapable(aVerdict(aUser('ann').arn, verdict))).toBe(isCapable);
  expect(verdictInPlace(aVerdict(aUser('ann').arn, verdict))).toBe(verdict);
});
