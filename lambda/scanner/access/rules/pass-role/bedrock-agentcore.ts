import type { PassRoleRule } from '../rule.ts';

/** Amazon Bedrock AgentCore: the role is the execution role of a tool or runtime, and its metadata service hands out credentials. */
export const bedrockAgentcore: readonly PassRoleRule[] = [
  {
    id: 'bedrock-agentcore-create-code-interpreter',
    aliases: ['bedrock-001'],
    title: 'create an AgentCore code interpreter with the role and run code in a session of it',
    actions: [
      'bedrock-agentcore:CreateCodeInterpreter',
      'bedrock-agentcore:StartCodeInterpreterSession',
      'bedrock-agentcore:InvokeCodeInterpreter',
    ],
    service: 'bedrock-agentcore.amazonaws.com',
  },
  {
    id: 'bedrock-agentcore-create-agent-runtime',
    aliases: ['bedrock-003'],
    title: 'create an AgentCore runtime with the role and run a command in it',
    actions: [
      'bedrock-agentcore:CreateAgentRuntime',
      'bedrock-agentcore:CreateAgentRuntimeEndpoint',
      'bedrock-agentcore:CreateWorkloadIdentity',
      'bedrock-agentcore:InvokeAgentRuntimeCommand',
    ],
    service: 'bedrock-agentcore.amazonaws.com',
  },
  {
    id: 'bedrock-agentcore-create-harness',
    aliases: ['bedrock-005'],
    title: 'create an AgentCore harness with the role and run a command in its runtime',
    actions: [
      'bedrock-agentcore:CreateHarness',
      'bedrock-agentcore:CreateAgentRuntime',
      'bedrock-agentcore:CreateAgentRuntimeEndpoint',
      'bedrock-agentcore:CreateWorkloadIdentity',
      'bedrock-agentcore:GetAgentRuntime',
      'bedrock-agentcore:InvokeAgentRuntimeCommand',
    ],
    service: 'bedrock-agentcore.amazonaws.com',
  },
  {
    id: 'bedrock-agentcore-create-browser',
    aliases: ['bedrock-006'],
    title: 'create an AgentCore browser with the role and drive it to the address that hands out its credentials',
    actions: [
      'bedrock-agentcore:CreateBrowser',
      'bedrock-agentcore:StartBrowserSession',
      'bedrock-agentcore:ConnectBrowserAutomationStream',
    ],
    service: 'bedrock-agentcore.amazonaws.com',
  },
];
