import { defineCheck } from '../check.ts';
import { changeParams, changeSubjects, findWho, judgeChange } from '../check-support/drift/changes.ts';

export default defineCheck({
  id: 'trust-policy-changed',
  title: 'Trust policies that allow more than before should be verified',
  severity: 'MEDIUM',
  raisedForAdmins: true,
  rationale:
    'A trust policy that allows one more principal is a way in that needs no credential of the account. It still works after every access key is rotated.',
  standards: { 'ISO 27001:2022': 'A.5.15, A.8.16', NIS2: 'Art. 21(2)(b)' },
  needs: ['identities', 'access', 'drift'],
  params: changeParams,
  select: ({ drift }, context) =>
    changeSubjects(drift, context, { kinds: ['trust-widened', 'trust-changed'], parts: ['trust-policies'] }),
  judge: judgeChange,
  remediation: (subject, context) =>
    `${findWho(subject, context, 'UpdateAssumeRolePolicy')} If the change was not requested, restore the earlier trust policy, and end the sessions of the role: in the IAM console, "Revoke sessions" of the role.`,
});
