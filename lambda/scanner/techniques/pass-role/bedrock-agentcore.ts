import type { PassRoleTechnique } from '../compute-technique.ts';

/** Amazon Bedrock AgentCore: the role is the execution role of a tool or runtime, whose metadata service returns credentials. */
export const bedrockAgentcore: readonly PassRoleTechnique[] = [
  {
    id: 'bedrock-agentcore-create-code-interpreter',
    aliases: ['bedrock-001'],
    title: 'Pass the role to a new AgentCore code interpreter and run code in a session',
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
    title: 'Pass the role to a new AgentCore runtime and run a command in it',
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
    title: 'Pass the role to a new AgentCore harness and run a command in its runtime',
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
    title: 'Pass the role to a new AgentCore browser and open the metadata address that returns its credentials',
    actions: [
      'bedrock-agentcore:CreateBrowser',
      'bedrock-agentcore:StartBrowserSession',
      'bedrock-agentcore:ConnectBrowserAutomationStream',
    ],
    service: 'bedrock-agentcore.amazonaws.com',
  },
  {
    id: 'bedrock-agentcore-create-gateway',
    aliases: [],
    title: 'Pass the role to a new AgentCore gateway, and add a target that makes any API call',
    actions: [
      'bedrock-agentcore:CreateGateway',
      'bedrock-agentcore:CreateGatewayTarget',
      'bedrock-agentcore:CreateWorkloadIdentity',
    ],
    service: 'bedrock-agentcore.amazonaws.com',
  },
  {
    id: 'bedrock-agentcore-update-gateway',
    aliases: [],
    title: 'Pass the role to an existing AgentCore gateway, and add a target that makes any API call',
    actions: ['bedrock-agentcore:UpdateGateway', 'bedrock-agentcore:CreateGatewayTarget'],
    service: 'bedrock-agentcore.amazonaws.com',
    existing: 'an AgentCore gateway that the principal can call',
  },
  {
    id: 'bedrock-agentcore-update-agent-runtime',
    aliases: [],
    title: 'Pass the role to an existing AgentCore runtime, and replace its container with a custom one',
    actions: ['bedrock-agentcore:UpdateAgentRuntime'],
    service: 'bedrock-agentcore.amazonaws.com',
    existing: 'an AgentCore runtime',
  },
  {
    id: 'bedrock-agentcore-update-harness',
    aliases: [],
    title: 'Pass the role to an existing AgentCore harness, and invoke it',
    actions: ['bedrock-agentcore:UpdateHarness', 'bedrock-agentcore:InvokeHarness'],
    service: 'bedrock-agentcore.amazonaws.com',
    existing: 'an AgentCore harness',
  },
];
