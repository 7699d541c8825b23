import { defineCheck, fail, pass } from '../check.ts';
import { shellQuote } from '../model/command.ts';
import { farReaches, foreign, reachEvidence } from './subjects/foreign-reach.ts';
import { pathInWords } from './subjects/principals.ts';
import { someOf } from './subjects/some-of.ts';

export default defineCheck({
  id: 'cross-account-admin-reach',
  title: 'Nobody is or becomes admin in several accounts',
  severity: 'HIGH',
  rationale:
    'Accounts are walls: what is lost in one is not lost in the others. One identity that is admin in several is a door through all of these walls, and whoever gets hold of it has every account behind it.',
  standards: { 'NIST 800-53 r5': 'AC-3, AC-6', 'ISO 27001:2022': 'A.5.15, A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: ['identities', 'access', 'crossAccountReach', 'organization'],
  params: { maxAccounts: 1 },
  select: farReaches,
  judge: (reach, { organization }, context) => {
    const { label, accounts, members, paths, platform } = reach;
    const others = foreign(accounts, context);
    const [way] = paths;
    if (others.length === 0 || accounts.length <= context.params.maxAccounts) return pass;
    const where =
      accounts.length > others.length
        ? `${accounts.length} accounts, its own and`
        : `${accounts.length} other ${accounts.length === 1 ? 'account' : 'accounts'}:`;
    const how = way === undefined ? '' : ` To account ${way.account}: ${pathInWords(way)}.`;
    const whole = members.length > 0 ? ` (${members.length} users and roles)` : '';
    const isManagement = organization?.managementAccountId === context.accountId;
    return fail(`${label}${whole} is or becomes admin of ${where} ${someOf(others)}.${how}`, {
      evidence: { ...reachEvidence(reach), ...(members.length > 0 ? { principals: members.slice(0, 50) } : {}) },
      // The landing zone needs its own roles, and the management account rules the others by its nature.
      ...(platform ? { severity: 'LOW' as const } : isManagement && members.length > 0 ? { severity: 'MEDIUM' as const } : {}),
    });
  },
  remediation: ({ principalArn, paths }) => {
    const crossing = paths[0]?.path.find(({ rule, from, to }) => rule === 'assume-role' && accountIn(from) !== accountIn(to));
    const first = crossing
      ? `Take ${crossing.from} out of the trust policy of ${crossing.to}, or let it in by a role that may do no more than its task.`
      : 'Move the administration that reaches into other accounts to an account that holds nothing else, and let few people into it.';
    return principalArn === undefined ? first : `${first} iam-vigil explain ${shellQuote(principalArn)} shows the statements.`;
  },
});

const accountIn = (arn: string): string => arn.split(':')[4] ?? '';
