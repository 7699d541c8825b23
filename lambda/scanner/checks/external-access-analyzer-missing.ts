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

export default defineCheck({
  id: 'external-access-analyzer-missing',
  title: 'IAM Access Analyzer external access analyzer should be enabled in every Region',
  severity: 'MEDIUM',
  rationale:
    'An external access analyzer reports soon after a role, a bucket or a key becomes accessible from another account. It is free. Without it, an attacker may find the exposed resource first.',
  standards: {},
  needs: ['analyzers', 'organization'],
  // An analyzer of the organization may be in another account, which does not show from here.
  select: (facts, context) => {
    const isHidden = facts.organization !== undefined && context.own.organizationAnalyzers?.complete !== true;
    return isHidden && gapsOf(facts, context).missing.length > 0 ? [] : [accountSubject(context)];
  },
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
