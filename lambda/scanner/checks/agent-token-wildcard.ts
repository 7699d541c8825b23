import { defineCheck } from '../check.ts';
import { allowingAnything, allowingOn } from '../check-support/policies/overbroad-access.ts';
import { narrowing } from '../check-support/remediation/policy-commands.ts';
import { judgeAttachment } from '../check-support/policies/judge-attachment.ts';
import { attachmentsWithAccess } from '../check-support/policies/policy-attachments.ts';
import { agentTokens } from '../check-support/data/sensitive-actions.ts';
import { joinList } from '../check-support/wording/wording.ts';

export default defineCheck({
  id: 'agent-token-wildcard',
  title: 'IAM policies should not allow getting the access tokens of all AI agents',
  severity: 'MEDIUM',
  rationale:
    'A workload access token of Amazon Bedrock AgentCore stands for an agent and its user, and opens the credentials that the agent keeps for other systems. A principal that gets the token of any agent can act as all of them.',
  standards: { 'NIST 800-53 r5': 'AC-6', 'ISO 27001:2022': 'A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: ['identities', 'access'],
  select: attachmentsWithAccess,
  judge: (attachment, _facts, context) =>
    judgeAttachment(attachment, context, (policy, scene) => {
      const found = agentTokens.flatMap((token) => {
        const statements = allowingOn(policy, scene, token);
        return statements.length === 0 ? [] : [{ action: token.action, statements }];
      });
      if (found.length === 0 || allowingAnything(policy, scene).length > 0) return undefined;
      const actions = found.map(({ action }) => action);
      return {
        says: 'allows getting the access token of any agent',
        detail: `It allows ${joinList(actions)} on all workload identities.`,
        statements: [...new Set(found.flatMap(({ statements }) => statements))],
        severity: 'MEDIUM',
        evidence: { actions },
      };
    }),
  remediation: (attachment, context) =>
    narrowing(attachment, context, 'Limit the token actions to the workload identities of the agents that the workload runs'),
});
