import { defineCheck, fail, pass, unknown } from '../check.ts';
import { keyFacts } from '../check-support/credentials/access-keys.ts';
import { deactivation } from '../check-support/remediation/key-commands.ts';
import { keyHolders } from '../check-support/credentials/key-holders.ts';
import { joinList } from '../check-support/wording/wording.ts';

export default defineCheck({
  id: 'access-key-on-service-user',
  title: 'IAM users created for Bedrock API keys should not have access keys',
  severity: 'CRITICAL',
  rationale:
    'The Amazon Bedrock console creates an IAM user for each long-term API key. The user stays when the API key is deleted. AWS never creates an access key for such a user, so an access key on it can be the hidden persistence of an attacker.',
  standards: { 'ISO 27001:2022': 'A.8.16', NIS2: 'Art. 21(2)(b)' },
  needs: keyFacts,
  // https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-generate.html
  params: { userNamePrefixes: ['BedrockAPIKey-'] },
  select: (facts, { params }) =>
    keyHolders(facts).filter(({ user }) => params.userNamePrefixes.some((prefix) => user.name.startsWith(prefix))),
  judge: ({ user, keys, unseen }) => {
    if (unseen !== undefined) return unknown(unseen);
    if (keys.length === 0) return pass;
    const named = keys.map(({ resource, active }) => `${resource.name} (${active ? 'active' : 'inactive'})`);
    return fail(`IAM user ${user.name} was created for an API key and has an access key`, {
      message: `Access keys of the user: ${joinList(named)}.`,
      evidence: { keys: named },
    });
  },
  remediation: ({ keys }) =>
    `Treat this as an incident. Look up in CloudTrail who created the access key (event CreateAccessKey) and what it was used for. Deactivate it first: ${[...new Set(keys.map(deactivation))].join(' && ')}`,
});
