import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * Amazon Q Developer in chat applications (AWS Chatbot): AWS CLI commands in a channel run with its role, within its
 * guardrail policies.
 * https://docs.aws.amazon.com/chatbot/latest/adminguide/chatbot-cli-commands.html
 */
export const chatbot: readonly PassRoleTechnique[] = [
  {
    id: 'chatbot-create-slack-channel-configuration',
    aliases: [],
    title: 'Pass the role to a new configuration of a Slack channel, and run AWS CLI commands there',
    actions: ['chatbot:CreateSlackChannelConfiguration'],
    service: 'chatbot.amazonaws.com',
    existing: 'an authorized Slack workspace that the principal can write in',
  },
  {
    id: 'chatbot-update-slack-channel-configuration',
    aliases: [],
    title: 'Pass the role to the configuration of a Slack channel, and run AWS CLI commands there',
    actions: ['chatbot:UpdateSlackChannelConfiguration'],
    service: 'chatbot.amazonaws.com',
    existing: 'a configured Slack channel that the principal can write in',
  },
  {
    id: 'chatbot-create-microsoft-teams-channel-configuration',
    aliases: [],
    title: 'Pass the role to a new configuration of a Microsoft Teams channel, and run AWS CLI commands there',
    actions: ['chatbot:CreateMicrosoftTeamsChannelConfiguration'],
    service: 'chatbot.amazonaws.com',
    existing: 'an authorized Microsoft Teams team that the principal can write in',
  },
  {
    id: 'chatbot-update-microsoft-teams-channel-configuration',
    aliases: [],
    title: 'Pass the role to the configuration of a Microsoft Teams channel, and run AWS CLI commands there',
    actions: ['chatbot:UpdateMicrosoftTeamsChannelConfiguration'],
    service: 'chatbot.amazonaws.com',
    existing: 'a configured Microsoft Teams channel that the principal can write in',
  },
];
