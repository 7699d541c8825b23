import { defineCheck, fail, pass } from '../check.ts';
import { cli } from '../model/command.ts';
import { removalCommands } from '../check-support/remediation/policy-commands.ts';
import { usersWithAttachments } from '../check-support/policies/directly-attached.ts';
import { joinList } from '../check-support/wording/wording.ts';

export default defineCheck({
  id: 'policy-attached-to-user',
  title: 'IAM policies should not be attached to users',
  severity: 'LOW',
  rationale:
    'Permissions attached to one user stay when the person changes jobs. Permissions of groups, or better of permission sets, can be reviewed in one place.',
  standards: {
    'NIST 800-53 r5': 'AC-6',
    'ISO 27001:2022': 'A.5.18',
  },
  needs: ['identities'],
  // AWS creates these users for an API key, with a policy attached to them.
  params: { ignoredUserNamePrefixes: ['BedrockAPIKey-'] },
  select: ({ identities }, { params }) =>
    usersWithAttachments(identities).filter(
      ({ resource }) => !params.ignoredUserNamePrefixes.some((prefix) => resource.name.startsWith(prefix)),
    ),
  judge: ({ resource, direct }) => {
    if (direct.length === 0) return pass;
    const names = direct.map(({ inline, resource: policy }) => (inline === undefined ? policy.name : `${inline} (inline)`));
    return fail(`IAM user ${resource.name} has policies attached directly`, {
      message: `Policies: ${joinList(names)}.`,
      evidence: { policies: names },
    });
  },
  remediation: ({ resource, direct }) =>
    `Attach the policies to a group of users with the same task. Add the user to it, and then remove the policies from the user (replace GROUP with the name of the group): ${[
      cli('iam add-user-to-group', { 'user-name': resource.name, 'group-name': 'GROUP' }),
      ...direct.map(removalCommands),
    ].join(' && ')}`,
});
