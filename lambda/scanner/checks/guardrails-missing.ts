import { type CheckContext, type Judgement, defineCheck, fail, pass, unknown } from '../check.ts';
import { cli } from '../model/command.ts';
import { type PolicyCoverage, policyCoverage } from '../check-support/organization/policy-coverage.ts';
import {
  EVERYTHING_AS_ROOT,
  type UndeniedActions,
  createUndeniedActions,
} from '../check-support/organization/undenied-actions.ts';
import {
  organizationSubjects,
  judgeSeen,
  ofOrganization,
  stepForSeen,
} from '../check-support/organization/organization-subjects.ts';

export default defineCheck({
  id: 'guardrails-missing',
  title: 'Member accounts should be protected by baseline SCPs',
  severity: 'MEDIUM',
  rationale:
    'Without an SCP nothing restricts the administrators of a member account, including its root user. They can stop the trail and take the account out of the organization.',
  standards: { 'NIST 800-53 r5': 'AC-6, CM-7', 'ISO 27001:2022': 'A.5.15', NIS2: 'Art. 21(2)(i)' },
  needs: ['wholeOrganization'],
  select: (facts, context) =>
    organizationSubjects(facts, context, 'Policies', (policies, organization) => {
      const undeniedIn = createUndeniedActions(organization);
      return policyCoverage(
        organization,
        policies.filter(({ kind }) => kind === 'scp'),
      ).map((cover) => {
        const [account] = cover.accounts;
        const undenied = account ? undeniedIn(account, { ...context, accountId: account.id }) : [];
        return { item: { cover, undenied }, id: cover.id };
      });
    }),
  judge: (subject, _facts, context) => judgeSeen(subject, ({ cover, undenied }) => judgeCover(cover, undenied, context)),
  remediation: (subject) =>
    stepForSeen(subject, ({ cover, undenied }) => {
      const missing = typeof undenied === 'string' ? [] : undenied.flatMap((left) => left.missing);
      const actions = missing.filter((action) => action !== EVERYTHING_AS_ROOT);
      const denials = [
        ...(actions.length > 0 ? [`denies ${actions.join(', ')}, except for the roles that manage these services`] : []),
        ...(actions.length < missing.length ? ['denies all actions if aws:PrincipalArn matches arn:*:iam::*:root'] : []),
      ];
      const what = denials.length > 0 ? denials.join(', and ') : 'can be read';
      return `Write an SCP to scp.json that ${what}. Create it: ${cli('organizations create-policy', { type: 'SERVICE_CONTROL_POLICY', name: 'NAME', description: 'DESCRIPTION', content: 'file://scp.json' })}. Test it on one account first. Then attach it: ${cli('organizations attach-policy', { 'policy-id': 'POLICY_ID', 'target-id': cover.id })}`;
    }),
});

function judgeCover(
  { label, affected, names, accounts }: PolicyCoverage,
  undenied: readonly UndeniedActions[] | string,
  context: Pick<CheckContext, 'accountId'>,
): Judgement {
  if (typeof undenied === 'string') return unknown(undenied);
  if (undenied.length === 0) return pass;
  const evidence = {
    accounts: accounts.slice(0, 50).map(({ id }) => id),
    accountCount: accounts.length,
    policies: names,
    undenied: undenied.flatMap(({ missing }) => missing),
  };
  if (names.length === 0)
    return fail(ofOrganization(`Only FullAWSAccess applies to ${label}`, [label], context), {
      message: `No other SCP restricts ${affected}.`,
      evidence,
    });
  const [first] = undenied;
  const headline =
    first && undenied.length === 1
      ? `No SCP denies ${first.what} for ${label}`
      : `SCPs for ${label} lack ${undenied.length} baseline restrictions`;
  const open = undenied.map(({ what, details }) => `${what}${details ?? ''}`).join(' or ');
  return fail(ofOrganization(headline, [label], context), {
    message: `The SCPs that apply (${names.join(', ')}) do not deny ${open}. This affects ${affected}.`,
    evidence,
  });
}
