import { defineCheck, fail, pass, unknown } from '../model/check.ts';
import { keyFacts } from './subjects/access-keys.ts';
import { deactivation } from './subjects/key-commands.ts';
import { keyHolders } from './subjects/key-holders.ts';
import { listed } from './subjects/wording.ts';

export default defineCheck({
  id: 'access-key-on-service-user',
  title: 'Users that AWS made for an API key have no access key',
  severity: 'CRITICAL',
  rationale:
    'The console makes a user of its own for each long-term Bedrock API key, and leaves it behind when the key is deleted. Nothing of AWS gives such a user an access key: where there is one, somebody hid it there.',
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
    return fail(`User ${user.name}, made by AWS for an API key, has an access key: ${listed(named)}.`, {
      evidence: { keys: named },
    });
  },
  remediation: ({ keys }) =>
    `Deactivate it now, and look in CloudTrail for who made it and what it did: ${keys.map((key) => deactivation(key)).join(' && ')}`,
});
