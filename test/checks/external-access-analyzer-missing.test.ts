import check from '../../lambda/scanner/checks/external-access-analyzer-missing.ts';
import type { OwnAccounts } from '../../lambda/scanner/check.ts';
import type { Analyzer } from '../../lambda/scanner/facts/analyzers.ts';
import { type Observed, collected, unavailable } from '../../lambda/scanner/model/observed.ts';
import { ACCOUNT, aContext, emptyAccount, seen } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

const analyzer = (type: string, active = true): Analyzer => ({
  arn: `arn:aws:access-analyzer:eu-west-1:${ACCOUNT}:analyzer/a`,
  type,
  active,
});
const inRegion = (...analyzers: readonly Analyzer[]) => ({ analyzers: seen({ 'us-east-1': [], 'eu-west-1': analyzers }) });
const denied: Observed<never> = unavailable('access to access-analyzer:ListAnalyzers was denied');
const organization = { organization: { id: 'o-1', managementAccountId: '999988887777' } };

const alone = {
  'an analyzer of the account': inRegion(analyzer('ACCOUNT')),
  'an analyzer of the organization': { ...inRegion(analyzer('ORGANIZATION')), ...organization },
  'an analyzer, though another Region could not be collected': {
    analyzers: new Map([...inRegion(analyzer('ACCOUNT')).analyzers, ['eu-north-1', denied]]),
  },
};

describeCheck(check, {
  passes: alone,
  fails: {
    'no analyzer': {
      given: inRegion(),
      says: /^Account 111122223333 has no external access analyzer in any Region$/m,
      severity: 'MEDIUM',
    },
    'one for unused access only (other tools accept any analyzer)': {
      given: inRegion(analyzer('ACCOUNT_UNUSED_ACCESS'), analyzer('ORGANIZATION_INTERNAL_ACCESS')),
      says: 'no external access analyzer',
    },
    'an inactive analyzer': { given: inRegion(analyzer('ACCOUNT', false)), says: 'no external access analyzer' },
  },
  ignores: {
    'an account of an organization, if another account may have the analyzer': { ...inRegion(), ...organization },
    'the same, if some Regions cannot be collected': {
      ...organization,
      analyzers: new Map<string, Observed<readonly Analyzer[]>>([...inRegion().analyzers, ['eu-north-1', denied]]),
    },
  },
  unknowns: {
    'a Region that could not be collected': {
      given: {
        analyzers: new Map<string, Observed<readonly Analyzer[]>>([
          ['us-east-1', collected([])],
          ['eu-north-1', denied],
        ]),
      },
      says: 'analyzers in eu-north-1: access to access-analyzer:ListAnalyzers was denied',
    },
    'no Region could be collected, in an account of an organization': {
      given: { ...organization, analyzers: new Map([['us-east-1', denied]]) },
      says: 'was denied',
    },
  },
});

test.each([
  ['passes if another account of the organization has one for all', true, ['pass']],
  ['fails if no account of the organization has one for all', false, ['fail']],
  ['is not judged if that is not known', undefined, []],
])('an account without an analyzer %s', (_name, hasAnalyzer, expected) => {
  const own: OwnAccounts = { ids: new Set(), complete: true, ...(hasAnalyzer === undefined ? {} : { hasAnalyzer }) };
  const judged = [...check.run({ ...emptyAccount, ...inRegion(), ...organization }, aContext({ own }))];
  expect(judged.map(({ judgement }) => judgement.status)).toEqual(expected);
});
