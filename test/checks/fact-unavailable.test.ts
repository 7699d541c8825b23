import check from '../../lambda/scanner/checks/fact-unavailable.ts';
import type { FactCoverage } from '../../lambda/scanner/facts/coverage.ts';
import { aContext, emptyAccount } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

const coverage = (...facts: readonly FactCoverage[]) => ({ coverage: { facts, accounts: [] } });
const denied = { action: 'iam:ListAccessKeys', reason: 'access to iam:ListAccessKeys was denied' };

describeCheck(check, {
  passes: { 'a fact that was collected': coverage({ name: 'identities', gaps: [] }) },
  fails: {
    'a fact that was refused': {
      given: coverage({ name: 'identities', gaps: [] }, { name: 'accessKeys', gaps: [denied] }),
      says: 'Fact accessKeys of account 111122223333 could not be collected\nReason: access to iam:ListAccessKeys was denied.',
      on: 'accessKeys',
      severity: 'MEDIUM',
    },
    'items of a fact, by two actions': {
      given: coverage({
        name: 'oidcProviders',
        gaps: [
          { ...denied, items: { hidden: 2, of: 9 } },
          { action: 'iam:GetOpenIDConnectProvider', reason: 'it failed' },
        ],
      }),
      says: 'Reason: access to iam:ListAccessKeys was denied (2 of 9 items not collected); it failed.',
    },
  },
  ignores: { 'an account of which no fact was asked for': coverage() },
});

test('the statement to add names the actions', () => {
  const [judged] = check.run({ ...emptyAccount, ...coverage({ name: 'accessKeys', gaps: [denied] }) }, aContext());
  expect(judged?.remediation()).toContain('{"Effect":"Allow","Action":["iam:ListAccessKeys"],"Resource":"*"}');
});
