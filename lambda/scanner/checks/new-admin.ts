import { defineCheck } from '../check.ts';
import { changeParams, changeSubjects, findWho, judgeChange } from '../check-support/drift/changes.ts';
import { shellQuote } from '../model/command.ts';

export default defineCheck({
  id: 'new-admin',
  title: 'New administrator access should be verified',
  severity: 'HIGH',
  rationale:
    'The principal is, becomes or can make others administrator, and could not do so when the earlier snapshot was taken. An attacker who has one credential first gives it, or a new identity, more access.',
  standards: { 'ISO 27001:2022': 'A.5.18, A.8.16', NIS2: 'Art. 21(2)(b)' },
  needs: ['identities', 'access', 'crossAccountReach', 'drift'],
  params: changeParams,
  select: ({ drift }, context) =>
    changeSubjects(drift, context, {
      kinds: ['access-gained', 'assignment-added'],
      parts: ['access', 'identities', 'identity-center'],
    }),
  judge: judgeChange,
  remediation: (subject, context) => {
    if (subject.change?.kind === 'assignment-added')
      return `${findWho(subject, context, 'CreateAccountAssignment')} If the assignment was not requested, remove it in IAM Identity Center.`;
    const { arn } = subject.resource;
    return `See which statements allow it, and the fewest to remove: iam-vigil explain ${shellQuote(arn)}. The message names what changed, if the snapshots show it. If it was not requested, undo the change and treat the credential that made it as stolen.`;
  },
});
