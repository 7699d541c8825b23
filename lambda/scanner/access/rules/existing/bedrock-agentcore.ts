import type { ExistingComputeRule } from '../rule.ts';

/** Amazon Bedrock AgentCore: a session of a tool, or a command in a runtime, reaches the credentials of its execution role. */
export const bedrockAgentcore: readonly ExistingComputeRule[] = [
  {
    id: 'bedrock-agentcore-invoke-code-interpreter',
    aliases: ['bedrock-002'],
    title: 'run code in a session of an AgentCore code interpreter that has the role',
    actions: ['bedrock-agentcore:StartCodeInterpreterSession', 'bedrock-agentcore:InvokeCodeInterpreter'],
    service: 'bedrock-agentcore.amazonaws.com',
    compute: 'bedrock-code-interpreter',
  },
  {
    id: 'bedrock-agentcore-invoke-agent-runtime-command',
    aliases: ['bedrock-004'],
    title: 'run a command in an AgentCore runtime that has the role',
    actions: ['bedrock-agentcore:InvokeAgentRuntimeCommand'],
    service: 'bedrock-agentcore.amazonaws.com',
    compute: 'bedrock-agentcore-runtime',
  },
  {
    id: 'bedrock-agentcore-connect-browser',
    aliases: ['bedrock-007'],
    title: 'drive an AgentCore browser that has the role to the address that hands out its credentials',
    actions: ['bedrock-agentcore:StartBrowserSession', 'bedrock-agentcore:ConnectBrowserAutomationStream'],
    service: 'bedrock-agentcore.amazonaws.com',
    compute: 'bedrock-browser',
  },
];
