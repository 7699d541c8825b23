import { accountSubject } from '../model/account-subject.ts';
import { defineCheck, fail, pass, unknown } from '../check.ts';
import { cli } from '../model/command.ts';
import { allowingAnything, allowingOn } from '../check-support/policies/overbroad-access.ts';
import { policyAttachments } from '../check-support/policies/policy-attachments.ts';

const createCase = { action: 'support:CreateCase', resource: '*' };

export default defineCheck({
  id: 'support-role-missing',
  title: 'A role should be able to manage AWS Support cases',
  severity: 'LOW',
  rationale:
    'In an incident, AWS Support helps only those who can open a case. Without a role for that, an administrator has to do it, or everyone waits.',
  standards: { 'NIST 800-53 r5': 'IR-7', 'ISO 27001:2022': 'A.5.26', NIS2: 'Art. 21(2)(b)' },
  needs: ['identities'],
  select: (_facts, context) => [accountSubject(context)],
  judge: (_account, facts, context) => {
    const ofRoles = policyAttachments(facts).filter(({ holders }) => holders.some(({ kind }) => kind === 'role'));
    const isThere = ofRoles.some(
      ({ policy }) =>
        policy.kind === 'compiled' &&
        allowingOn(policy, context, createCase).length > 0 &&
        allowingAnything(policy, context).length === 0,
    );
    if (isThere) return pass;
    const [unread] = ofRoles.filter(({ policy }) => policy.kind === 'malformed');
    if (unread) return unknown(`${unread.label} cannot be read`);
    return fail(`Account ${context.accountId} has no role for AWS Support`, {
      evidence: { roles: facts.identities.roles.length },
    });
  },
  remediation: (_account, { partition }) =>
    `Choose the role of those who respond to incidents and attach the policy of AWS to it: ${cli('iam attach-role-policy', { 'role-name': 'ROLE', 'policy-arn': `arn:${partition}:iam::aws:policy/AWSSupportAccess` })}. For people of IAM Identity Center, attach AWSSupportAccess to their permission set`,
});
