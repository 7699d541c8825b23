import { accountSubject } from '../model/account-subject.ts';
import { defineCheck, fail, pass, unknown } from '../check.ts';
import { cli } from '../model/command.ts';
import { findsExternalAccess } from '../facts/analyzers.ts';
import type { Facts } from '../facts/snapshot.ts';
import { summarizeList } from '../check-support/wording/summarize-list.ts';

const hasAnalyzer = ({ analyzers }: Pick<Facts, 'analyzers'>) =>
  [...analyzers.values()].some((region) => region.status === 'collected' && region.value.some(findsExternalAccess));

export default defineCheck({
  id: 'external-access-analyzer-missing',
  title: 'IAM Access Analyzer external access analyzer should be enabled',
  severity: 'MEDIUM',
  rationale:
    'An external access analyzer reports soon after a role, a bucket or a key becomes accessible from another account. It is free. Without it, an attacker may find the exposed resource first.',
  standards: {},
  needs: ['analyzers', 'organization'],
  // An analyzer of the organization may be in another account, which does not show from here.
  select: (facts, context) => {
    const isHidden = [...facts.analyzers.values()].every(({ status }) => status === 'unavailable');
    const isSettled = facts.organization === undefined || hasAnalyzer(facts) || context.own.hasAnalyzer !== undefined;
    return isSettled || isHidden ? [accountSubject(context)] : [];
  },
  judge: (_account, facts, { accountId, own }) => {
    if (hasAnalyzer(facts) || own.hasAnalyzer === true) return pass;
    const unseen = [...facts.analyzers].flatMap(([region, answer]) =>
      answer.status === 'unavailable' ? [{ region, ...answer }] : [],
    );
    const [first] = unseen;
    if (first) return unknown(`analyzers in ${summarizeList(unseen.map(({ region }) => region))}: ${first.reason}`);
    return fail(`Account ${accountId} has no external access analyzer in any Region`, {
      evidence: { regions: [...facts.analyzers.keys()] },
    });
  },
  remediation: () =>
    `In an organization, create an analyzer of type ORGANIZATION in the delegated administrator account of IAM Access Analyzer. Otherwise create one in each Region that you use: ${cli('accessanalyzer create-analyzer', { 'analyzer-name': 'external-access', type: 'ACCOUNT' })}`,
});
