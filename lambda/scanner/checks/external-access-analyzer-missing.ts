import { accountSubject } from '../model/account-subject.ts';
import { type CheckContext, defineCheck, fail, pass, unknown } from '../check.ts';
import { cli } from '../model/command.ts';
import { findsExternalAccess } from '../facts/analyzers.ts';
import type { Facts } from '../facts/snapshot.ts';
import { summarizeList } from '../check-support/wording/summarize-list.ts';

/** The Regions without an external access analyzer, and those that could not be collected, with the reason. */
function gapsOf({ analyzers }: Pick<Facts, 'analyzers'>, { own }: Pick<CheckContext, 'own'>) {
  const open = [...analyzers].filter(([region]) => own.organizationAnalyzers?.regions.includes(region) !== true);
  return {
    missing: open.flatMap(([region, answer]) =>
      answer.status === 'collected' && !answer.value.some(findsExternalAccess) ? [region] : [],
    ),
    unseen: open.flatMap(([region, answer]) => (answer.status === 'unavailable' ? [{ region, ...answer }] : [])),
  };
}

/** Whether another account may have the analyzer for the whole organization, which does not show from here. */
const mayBeElsewhere = (facts: Pick<Facts, 'analyzers' | 'organization'>, context: Pick<CheckContext, 'own'>): boolean =>
  facts.organization !== undefined &&
  context.own.organizationAnalyzers?.complete !== true &&
  gapsOf(facts, context).missing.length > 0;

export default defineCheck({
  id: 'external-access-analyzer-missing',
  title: 'IAM Access Analyzer external access analyzer should be enabled in every Region',
  severity: 'MEDIUM',
  rationale:
    'An external access analyzer reports soon after a role, a bucket or a key becomes accessible from another account. It is free. Without it, an attacker may find the exposed resource first.',
  standards: {},
  needs: ['analyzers', 'organization'],
  select: (facts, context) => (mayBeElsewhere(facts, context) ? [] : [accountSubject(context)]),
  hiddenElsewhere: (facts, context) =>
    mayBeElsewhere(facts, context)
      ? { fact: 'analyzers', reason: 'another account of the organization may have an analyzer for all of them' }
      : undefined,
  judge: (_account, facts, context) => {
    const { missing, unseen } = gapsOf(facts, context);
    const count = facts.analyzers.size;
    if (count === 0) return unknown('the snapshot has no Region');
    if (missing.length > 0)
      return fail(
        `Account ${context.accountId} has no external access analyzer in ${missing.length === count ? 'any Region' : `${missing.length} of ${count} Regions`}`,
        {
          ...(missing.length === count ? {} : { message: `Missing in ${summarizeList(missing)}.` }),
          evidence: { regions: missing },
        },
      );
    const [first] = unseen;
    return first ? unknown(`analyzers in ${summarizeList(unseen.map(({ region }) => region))}: ${first.reason}`) : pass;
  },
  remediation: () =>
    `An analyzer covers one Region, so create one in each enabled Region: in an organization of type ORGANIZATION, in the delegated administrator account of IAM Access Analyzer; otherwise of type ACCOUNT: ${cli('accessanalyzer create-analyzer', { 'analyzer-name': 'external-access', type: 'ACCOUNT', region: 'REGION' })}`,
});
