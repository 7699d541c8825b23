import { defineCheck, fail, pass } from '../model/check.ts';
import { cli } from '../model/command.ts';
import { policiesOver } from './subjects/guardrail-cover.ts';
import { inPart, judgeSeen } from './subjects/whole-organization.ts';

export default defineCheck({
  id: 'guardrails-missing',
  title: 'Every member account is below a service control policy that denies something',
  severity: 'MEDIUM',
  rationale:
    'Without a service control policy nothing limits the admins of an account, its root user among them: not from stopping the trail, nor from taking the account out of the Organization.',
  standards: { 'CIS AWS 7.0': '2.1.2', 'NIST 800-53 r5': 'AC-6, CM-7', 'ISO 27001:2022': 'A.5.15', NIS2: 'Art. 21(2)(i)' },
  needs: ['wholeOrganization'],
  select: (facts, context) =>
    inPart(facts, context, 'Policies', (policies, organization) =>
      policiesOver(organization, policies, 'scp').map((item) => ({ item, id: item.account.id })),
    ),
  judge: (subject) =>
    judgeSeen(subject, ({ account, names }) =>
      names.length > 0
        ? pass
        : fail(
            `No service control policy but FullAWSAccess is over account ${account.id}${account.name === '' ? '' : ` (${account.name})`}.`,
            { evidence: { account: account.id } },
          ),
    ),
  remediation: `Attach one to the organizational unit of the account, that denies at least to leave the Organization, to act as root and to stop trails and detectors: ${cli('organizations attach-policy', { 'policy-id': 'POLICY', 'target-id': 'UNIT' })}. Try it on one account first.`,
});
