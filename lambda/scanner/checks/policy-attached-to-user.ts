import { defineCheck, fail, pass } from '../check.ts';
import { cli } from '../model/command.ts';
import { removalCommands } from './subjects/grant-commands.ts';
import { usersWithGrants } from './subjects/direct-grants.ts';
import { listed } from './subjects/wording.ts';

export default defineCheck({
  id: 'policy-attached-to-user',
  title: 'Users are permitted things through groups alone',
  severity: 'LOW',
  rationale:
    'What one person is given by name stays when the person moves on. Groups, or better permission sets, are looked over in one place.',
  standards: {
    'CIS AWS 3.0': '1.15',
    'CIS AWS 5.0': '1.14',
    'CIS AWS 7.0': '2.13',
    'AWS FSBP': 'IAM.2',
    'NIST 800-53 r5': 'AC-6',
    'ISO 27001:2022': 'A.5.18',
  },
  needs: ['identities'],
  // AWS itself makes these users for an API key, with a policy of their own.
  params: { ignoredUserNamePrefixes: ['BedrockAPIKey-'] },
  select: ({ identities }, { params }) =>
    usersWithGrants(identities).filter(
      ({ resource }) => !params.ignoredUserNamePrefixes.some((prefix) => resource.name.startsWith(prefix)),
    ),
  judge: ({ resource, direct }) => {
    if (direct.length === 0) return pass;
    const names = direct.map(({ inline, resource: policy }) => (inline === undefined ? policy.name : `${inline} (inline)`));
    return fail(`User ${resource.name} is permitted things by name: ${listed(names)}.`, { evidence: { policies: names } });
  },
  remediation: ({ resource, direct }) =>
    `Give the permissions to a group of people who do the same, and take them off the user: ${[
      cli('iam add-user-to-group', { 'user-name': resource.name, 'group-name': 'GROUP' }),
      ...direct.map(removalCommands),
    ].join(' && ')}`,
});
