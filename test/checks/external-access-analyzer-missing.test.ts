import check from '../../lambda/scanner/checks/external-access-analyzer-missing.ts';
import type { OwnAccounts } from '../../lambda/scanner/check.ts';
import type { Analyzer } from '../../lambda/scanner/facts/analyzers.ts';
import { type Observed, unavailable } from '../../lambda/scanner/model/observed.ts';
import { ACCOUNT, aContext, emptyAccount, seen } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

const analyzer = (type: string, active = true): Analyzer => ({
  arn: `arn:aws:access-analyzer:eu-west-1:${ACCOUNT}:analyzer/a`,
  type,
  active,
});
const inRegions = (home: readonly Analyzer[], other: readonly Analyzer[]) => ({
  analyzers: seen({ 'us-east-1': home, 'eu-west-1': other }),
});
const everywhere = (...analyzers: readonly Analyzer[]) => inRegions(analyzers, analyzers);
const withUnseen = (...analyzers: readonly Analyzer[]) => ({
  analyzers: new Map<string, Observed<readonly Analyzer[]>>([...everywhere(...analyzers).analyzers, ['eu-north-1', denied]]),
});
const denied: Observed<never> = unavailable('access to access-analyzer:ListAnalyzers was denied');
const organization = { organization: { id: 'o-1', managementAccountId: '999988887777' } };

describeCheck(check, {
  passes: {
    'an analyzer of the account in every Region': everywhere(analyzer('ACCOUNT')),
    'an analyzer of the organization in every Region': { ...everywhere(analyzer('ORGANIZATION')), ...organization },
    'one of either kind': inRegions([analyzer('ACCOUNT')], [analyzer('ORGANIZATION')]),
  },
  fails: {
    'no analyzer': {
      given: everywhere(),
      says: /^Account 111122223333 has no external access analyzer in any Region$/m,
      severity: 'MEDIUM',
    },
    'one Region without an analyzer, which is not enough for CIS': {
      given: inRegions([], [analyzer('ACCOUNT')]),
      says: 'Account 111122223333 has no external access analyzer in 1 of 2 Regions\nMissing in us-east-1.',
    },
    'one for unused access only (other tools accept any analyzer)': {
      given: everywhere(analyzer('ACCOUNT_UNUSED_ACCESS'), analyzer('ORGANIZATION_INTERNAL_ACCESS')),
      says: 'no external access analyzer',
    },
    'an inactive analyzer': { given: everywhere(analyzer('ACCOUNT', false)), says: 'no external access analyzer' },
    'a Region without one, though another could not be collected': { given: withUnseen(), says: 'in 2 of 3 Regions' },
  },
  ignores: {
    'an account of an organization, if another account may have the analyzer': { ...everywhere(), ...organization },
    'the same, if it has one in some Regions': { ...inRegions([], [analyzer('ACCOUNT')]), ...organization },
    'the same, if some Regions cannot be collected': { ...organization, ...withUnseen() },
  },
  unknowns: {
    'saved files without a Region': { given: { analyzers: new Map() }, says: 'the snapshot has no Region' },
    'a Region that could not be collected, and an analyzer in all others': {
      given: withUnseen(analyzer('ACCOUNT')),
      says: 'analyzers in eu-north-1: access to access-analyzer:ListAnalyzers was denied',
    },
    'no Region could be collected, in an account of an organization': {
      given: { ...organization, analyzers: new Map([['us-east-1', denied]]) },
      says: 'was denied',
    },
  },
});

const own = (complete: boolean, ...regions: readonly string[]): OwnAccounts => ({
  ids: new Set(),
  complete: true,
  organizationAnalyzers: { regions, complete },
});

test.each([
  ['passes if accounts of the organization have one for all in each Region', own(false, 'us-east-1', 'eu-west-1'), ['pass']],
  ['fails if no account of the organization has one for all', own(true), ['fail']],
  ['fails if it is missing in one Region', own(true, 'us-east-1'), ['fail']],
  ['is not judged if that is not known', own(false, 'us-east-1'), []],
])('an account without an analyzer %s', (_name, accounts, expected) => {
  const judged = [...check.run({ ...emptyAccount, ...everywhere(), ...organization }, aContext({ own: accounts }))];
  expect(judged.map(({ judgement }) => judgement.status)).toEqual(expected);
});
