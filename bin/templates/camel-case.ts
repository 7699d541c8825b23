/** A name in kebab-case as an identifier: `bedrock-agentcore` becomes `bedrockAgentcore`. */
export const camelCase = (name: string): string => name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
