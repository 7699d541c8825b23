import { defineCheck, fail, pass } from '../check.ts';
import { crossingSteps } from '../check-support/remediation/cross-account-removal.ts';
import { type AccountReach, otherAccounts, reachEvidence } from '../check-support/organization/account-reach.ts';
import { groupedReaches } from '../check-support/organization/platform-reach.ts';
import { type Crossing, comesFromBelow, severityOfCrossing } from '../check-support/organization/reach-severity.ts';
import type { ReachPath } from '../model/reach.ts';
import { pathInWords } from '../check-support/principals/principals.ts';
import { summarizeList } from '../check-support/wording/summarize-list.ts';

const inWords = ({ account, grants = false }: ReachPath): string =>
  grants ? `Path by which it can make others administrator in account ${account}` : `Path to account ${account}`;

const sharersOf = ({ length }: readonly string[]): readonly string[] =>
  length > 0 ? [`This applies to ${length} ${length === 1 ? 'principal' : 'principals'}.`] : [];

const namesOf = ({ names, exceptions }: NonNullable<AccountReach['roles']>): readonly string[] => [
  `These are ${summarizeList(names)}.`,
  ...(exceptions.length > 0
    ? [
        `Not all of them reach all: ${summarizeList(exceptions.map(({ name, accounts }) => `${name} only ${summarizeList(accounts)}`))}.`,
      ]
    : []),
];

export default defineCheck({
  id: 'cross-account-admin-reach',
  title: 'Principals should have admin access to their own account only',
  severity: 'HIGH',
  rationale:
    'Separate accounts limit the damage of a compromise. An identity with admin access to another account removes this isolation: an attacker who compromises it controls that account too.',
  standards: { 'NIST 800-53 r5': 'AC-3, AC-6', 'ISO 27001:2022': 'A.5.15, A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: ['identities', 'access', 'crossAccountReach', 'organization'],
  // Accounts, its own included, in which a principal may be administrator.
  params: { maxAccounts: 0 },
  select: groupedReaches,
  judge: (reach, { organization }, context) => {
    const { label, accounts, most, members, paths, roles, platform, isEasilyStolen } = reach;
    const others = otherAccounts(accounts, context);
    const [way] = paths;
    if (others.length === 0 || most <= context.params.maxAccounts) return pass;
    const managementAccountId = organization?.managementAccountId;
    const isManagement = managementAccountId === context.accountId;
    const crossing: Crossing = { home: context.accountId, others, managementAccountId, isEasilyStolen };
    const plural = others.length === 1 ? 'account' : 'accounts';
    return fail(`${label} ${roles ? 'are' : 'is'}, or can become, administrator in ${others.length} other ${plural}`, {
      message: [
        ...(roles ? namesOf(roles) : sharersOf(members)),
        ...(accounts.length > others.length && members.length === 0
          ? ['It also is, or can become, administrator in its own account.']
          : []),
        `Other ${plural}: ${summarizeList(others)}.`,
        ...(comesFromBelow(crossing, context)
          ? [`Its own account belongs to a lower environment (${context.environmentOf(context.accountId) ?? ''}).`]
          : []),
        ...(way === undefined ? [] : [`${inWords(way)}: ${pathInWords(way)}.`]),
      ].join(' '),
      evidence: { ...reachEvidence(reach), ...(members.length > 0 ? { principals: members.slice(0, 50) } : {}) },
      // The landing zone needs its own roles, and the management account controls the other accounts in any case.
      severity: platform ? 'LOW' : isManagement && members.length > 0 ? 'MEDIUM' : severityOfCrossing(crossing, context),
    });
  },
  remediation: crossingSteps,
});
