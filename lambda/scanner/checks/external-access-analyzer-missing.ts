import { accountSubject } from '../model/account-subject.ts';
import { defineCheck, fail, pass, unknown } from '../check.ts';
import { cli } from '../model/command.ts';
import { findsExternalAccess } from '../facts/analyzers.ts';
import type { Facts } from '../facts/snapshot.ts';
import { someOf } from './subjects/some-of.ts';

const hasAnalyzer = ({ analyzers }: Pick<Facts, 'analyzers'>) =>
  [...analyzers.values()].some((region) => region.status === 'collected' && region.value.some(findsExternalAccess));

export default defineCheck({
  id: 'external-access-analyzer-missing',
  title: 'IAM Access Analyzer looks for what is opened to outsiders',
  severity: 'MEDIUM',
  rationale:
    'An analyzer tells within the hour when a role, a bucket or a key is opened to another account. It costs nothing, and without it the first to find out may be somebody who looks for such things.',
  standards: {
    'CIS AWS 3.0': '1.20',
    'CIS AWS 5.0': '1.19',
    'CIS AWS 7.0': '2.18',
    'AWS FSBP': 'IAM.28',
  },
  needs: ['analyzers', 'organization'],
  // An analyzer of the Organization may be in another account of it, which cannot be seen from here.
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
    if (first) return unknown(`analyzers in ${someOf(unseen.map(({ region }) => region))}: ${first.reason}`);
    return fail(`No analyzer looks for external access to account ${accountId}, in any Region.`, {
      evidence: { regions: [...facts.analyzers.keys()] },
    });
  },
  remediation: () =>
    `Make one in each Region that you use, or one of type ORGANIZATION in the account that administers IAM Access Analyzer for all: ${cli('accessanalyzer create-analyzer', { 'analyzer-name': 'external-access', type: 'ACCOUNT' })}`,
});
