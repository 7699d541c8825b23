import { type Check, type CheckContext, type Judgement, defineCheck, fail, pass, unknown } from '../../lambda/scanner/check.ts';
import { userResource } from '../../lambda/scanner/check-support/credentials/users.ts';
import factUnavailable from '../../lambda/scanner/checks/fact-unavailable.ts';
import { evaluateAccount } from '../../lambda/scanner/evaluate/evaluate-account.ts';
import { unreadIn } from '../../lambda/scanner/evaluate/unread.ts';
import type { ObservedFacts } from '../../lambda/scanner/facts/snapshot.ts';
import { collected, unavailable } from '../../lambda/scanner/model/observed.ts';
import { ACCOUNT, aContext, aUser } from '../support/builders.ts';
import { collectedFacts } from '../support/observed-facts.ts';
import { anOrganization } from '../support/organization.ts';

const REASON = 'access to iam:ListAccessKeys was denied';

/** A check of user ann. */
const aCheck = (id: string, needs: Check['needs'], judgement: Judgement, more: Partial<Check> = {}): Check => ({
  ...defineCheck({
    ...{ id, title: 'It should hold', severity: 'MEDIUM', rationale: 'None.', standards: {}, remediation: 'Fix it.' },
    needs,
    select: () => [{ resource: userResource(aUser('ann')) }],
    judge: () => judgement,
  }),
  ...more,
});

const context = (): CheckContext => aContext();
const evaluated = (checks: readonly Check[], known: ObservedFacts, organization = anOrganization()) => {
  const data = { accountId: ACCOUNT, facts: known, organization, known };
  return evaluateAccount(
    checks,
    { ...data, unread: unreadIn({ facts: known, organization, isReporterKnown: true, hasPrevious: true }) },
    context,
  );
};

const denied = { ...collectedFacts(), accessKeys: unavailable(REASON, 'iam:ListAccessKeys') };
const checks = [
  factUnavailable,
  aCheck('needs-keys', ['accessKeys'], pass),
  aCheck('quotes-keys', ['identities'], unknown(`keys of ann: ${REASON}`)),
  aCheck('needs-other', ['identities'], fail('It is wrong')),
];

test('every check runs once; those that report coverage run last', () => {
  const { results } = evaluated(checks, denied);
  expect(results.map(({ checkId }) => checkId)).toEqual(['needs-keys', 'quotes-keys', 'needs-other', 'fact-unavailable']);
});

test('one denied call is one cause: it names the checks that wait, and they name it', () => {
  const cause = `iam-vigil/v1/${ACCOUNT}/fact-unavailable/accessKeys`;
  const findings = evaluated(checks, denied).results.flatMap((result) => result.findings);
  expect(findings.map(({ checkId, status, causes }) => [checkId, status, causes])).toEqual([
    ['needs-keys', 'UNKNOWN', [cause]],
    ['quotes-keys', 'UNKNOWN', [cause]],
    ['needs-other', 'FAILED', undefined],
    ['fact-unavailable', 'FAILED', undefined],
  ]);
  expect(findings.at(-1)).toMatchObject({ id: cause, evidence: { fact: 'accessKeys', waiting: ['needs-keys', 'quotes-keys'] } });
});

test('what was not read names the checks that need it, and those that read it of the organization', () => {
  const organization = anOrganization({ parts: { AiOptOutPolicies: undefined, Roots: undefined } });
  const read: unknown[] = [];
  const reading = aCheck('reads-policies', ['wholeOrganization'], pass, {
    run: ({ wholeOrganization }) => {
      read.push(wholeOrganization?.AiOptOutPolicies.status);
      return [];
    },
  });
  const { unread } = evaluated([...checks, reading], { ...denied, wholeOrganization: collected(organization) }, organization);
  expect(read).toEqual(['unavailable']);
  expect(unread).toEqual([
    { account: ACCOUNT, fact: 'accessKeys', isWanted: true, elements: [REASON], count: 1, checks: ['needs-keys'] },
    {
      ...{ account: ACCOUNT, fact: 'AiOptOutPolicies', isWanted: true, elements: ['access was denied'], count: 1 },
      checks: ['reads-policies'],
    },
  ]);
});

test('what other accounts decide and this scan does not know is not read either', () => {
  const hidden = aCheck('asks-others', ['identities'], pass, {
    hiddenElsewhere: () => ({ fact: 'analyzers', reason: 'not all accounts were scanned' }),
  });
  expect(evaluated([hidden], collectedFacts()).unread).toEqual([
    {
      ...{ account: ACCOUNT, fact: 'analyzers', isWanted: false, elements: ['not all accounts were scanned'], count: 1 },
      checks: ['asks-others'],
    },
  ]);
});
