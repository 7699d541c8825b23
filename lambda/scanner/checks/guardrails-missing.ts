import { type Judgement, defineCheck, fail, pass, unknown } from '../check.ts';
import { cli } from '../model/command.ts';
import { type Cover, policiesOver } from './subjects/guardrail-cover.ts';
import { type Undenied, createUndenied } from './subjects/guardrails.ts';
import { inPart, judgeSeen, stepForSeen } from './subjects/whole-organization.ts';

export default defineCheck({
  id: 'guardrails-missing',
  title: 'Service control policies deny in every member account what nobody there has reason to do',
  severity: 'MEDIUM',
  rationale:
    'Without a service control policy nothing limits the admins of an account, its root user among them: not from stopping the trail, nor from taking the account out of the Organization.',
  standards: { 'CIS AWS 7.0': '2.1.2', 'NIST 800-53 r5': 'AC-6, CM-7', 'ISO 27001:2022': 'A.5.15', NIS2: 'Art. 21(2)(i)' },
  needs: ['wholeOrganization'],
  select: (facts, context) =>
    inPart(facts, context, 'Policies', (policies, organization) => {
      const undeniedIn = createUndenied(organization);
      return policiesOver(organization, policies, 'scp').map((cover) => {
        const [account] = cover.accounts;
        const undenied = account ? undeniedIn(account, { ...context, accountId: account.id }) : [];
        return { item: { cover, undenied }, id: cover.id };
      });
    }),
  judge: (subject) => judgeSeen(subject, ({ cover, undenied }) => judgeCover(cover, undenied)),
  remediation: (subject) =>
    stepForSeen(subject, ({ cover, undenied }) => {
      const missing = typeof undenied === 'string' ? [] : undenied.flatMap((left) => left.missing);
      const what =
        missing.length > 0 ? `that denies ${missing.join(', ')}, but for the roles that manage these` : 'that can be read';
      return `Attach a service control policy ${what}, to the root or the organizational unit: ${cli('organizations attach-policy', { 'policy-id': 'POLICY', 'target-id': cover.id })}. Try it on one account first.`;
    }),
});

function judgeCover({ label, names, accounts }: Cover, undenied: readonly Undenied[] | string): Judgement {
  if (typeof undenied === 'string') return unknown(undenied);
  if (undenied.length === 0) return pass;
  const evidence = {
    accounts: accounts.slice(0, 50).map(({ id }) => id),
    accountCount: accounts.length,
    policies: names,
    undenied: undenied.flatMap(({ missing }) => missing),
  };
  if (names.length === 0) return fail(`No service control policy but FullAWSAccess is over ${label}.`, { evidence });
  return fail(
    `The service control policies over ${label} (${names.join(', ')}) deny nobody ${undenied.map(({ what }) => what).join(', nor ')}.`,
    { evidence },
  );
}
