import type { ExistingComputeTechnique } from '../compute-technique.ts';

/** Amazon Bedrock AgentCore: a tool session, or a command in a runtime, can read the credentials of the execution role. */
export const bedrockAgentcore: readonly ExistingComputeTechnique[] = [
  {
    id: 'bedrock-agentcore-invoke-code-interpreter',
    aliases: ['bedrock-002'],
    title: 'Run code in a session of an AgentCore code interpreter that runs with the role',
    actions: ['bedrock-agentcore:StartCodeInterpreterSession', 'bedrock-agentcore:InvokeCodeInterpreter'],
    service: 'bedrock-agentcore.amazonaws.com',
    compute: 'bedrock-code-interpreter',
  },
  {
    id: 'bedrock-agentcore-invoke-agent-runtime-command',
    aliases: ['bedrock-004'],
    title: 'Run a command in an AgentCore runtime that runs with the role',
    actions: ['bedrock-agentcore:InvokeAgentRuntimeCommand'],
    service: 'bedrock-agentcore.amazonaws.com',
    compute: 'bedrock-agentcore-runtime',
  },
  {
    id: 'bedrock-agentcore-connect-browser',
    aliases: ['bedrock-007'],
    title: 'Control an AgentCore browser that runs with the role and open the metadata address that returns its credentials',
    actions: ['bedrock-agentcore:StartBrowserSession', 'bedrock-agentcore:ConnectBrowserAutomationStream'],
    service: 'bedrock-agentcore.amazonaws.com',
    compute: 'bedrock-browser',
  },
  {
    id: 'bedrock-agentcore-invoke-harness',
    aliases: [],
    title: 'Invoke an AgentCore harness that runs commands with the role',
    actions: ['bedrock-agentcore:InvokeHarness'],
    service: 'bedrock-agentcore.amazonaws.com',
    compute: 'an AgentCore harness',
  },
  {
    id: 'bedrock-agentcore-create-gateway-target',
    aliases: [],
    title: 'Add a target that makes any API call to an AgentCore gateway that has the role',
    actions: ['bedrock-agentcore:CreateGatewayTarget'],
    service: 'bedrock-agentcore.amazonaws.com',
    compute: 'an AgentCore gateway',
  },
];
