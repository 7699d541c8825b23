import check from '../../lambda/scanner/checks/agent-token-wildcard.ts';
import { describeCheck } from '../support/check-tester.ts';
import { granting, grantingInline } from '../check-support/policies/granting.ts';

const identity = (name: string) =>
  `arn:aws:bedrock-agentcore:eu-west-1:111122223333:workload-identity-directory/default/workload-identity/${name}`;
const directory = 'arn:aws:bedrock-agentcore:eu-west-1:111122223333:workload-identity-directory/default';
const token = (more = {}) => granting({ Action: 'bedrock-agentcore:GetWorkloadAccessToken*', ...more });

describeCheck(check, {
  passes: {
    'one agent': token({ Resource: [directory, identity('shop-*')] }),
    'other actions of the service': granting({ Action: 'bedrock-agentcore:InvokeAgentRuntime' }),
    'what allows everything, which is reported as that': granting({}),
    'a Deny': granting(
      { Action: 'bedrock-agentcore:*' },
      { Effect: 'Deny', Action: 'bedrock-agentcore:GetWorkloadAccessToken*' },
    ),
  },
  fails: {
    'any agent': {
      given: token(),
      says: 'IAM policy Broad allows getting the access token of any agent\nIt allows bedrock-agentcore:GetWorkloadAccessToken, bedrock-agentcore:GetWorkloadAccessTokenForJWT and bedrock-agentcore:GetWorkloadAccessTokenForUserId on all workload identities. Attached to role app.',
      severity: 'MEDIUM',
    },
    'on behalf of any user': {
      given: grantingInline({ Action: 'bedrock-agentcore:GetWorkloadAccessTokenForUserId' }),
      says: 'Inline policy broad of role app allows getting the access token of any agent\nIt allows bedrock-agentcore:GetWorkloadAccessTokenForUserId on',
    },
    'any agent of the directory': {
      given: token({ Resource: 'arn:aws:bedrock-agentcore:*:111122223333:workload-identity-directory/*' }),
      says: 'any agent',
    },
    'the whole service': { given: granting({ Action: 'bedrock-agentcore:*' }), says: 'any agent' },
  },
});
