/** The source of a new check: a small working example to rewrite. */
export const newCheck = (id: string): string => `import { defineCheck, fail, pass } from '../check.ts';
import type { User } from '../facts/identity.ts';
import { cli } from '../model/command.ts';

const subject = (user: User) =>
  ({ resource: { type: 'AwsIamUser', arn: user.arn, name: user.name, id: user.id }, principalArn: user.arn, user }) as const;

export default defineCheck({
  id: '${id}',
  title: 'TODO: IAM users should have an owner tag',
  severity: 'MEDIUM',
  rationale: 'TODO: why this matters, in one or two sentences.',
  standards: {},
  needs: ['identities'],
  params: { tagKey: 'owner' },
  select: ({ identities }) => identities.users.map(subject),
  judge: ({ user }, _facts, { params }) =>
    user.tags.has(params.tagKey) ? pass : fail(\`IAM user \${user.name} has no tag \${params.tagKey}\`),
  remediation: ({ user }, { params }) =>
    \`TODO: what to do first. Then run: \${cli('iam tag-user', { 'user-name': user.name, tags: \`Key=\${params.tagKey},Value=NAME\` })}\`,
});
`;

/** The source of its test: a table of cases to rewrite with it. */
export const newCheckTest = (id: string): string => `import check from '../../lambda/scanner/checks/${id}.ts';
import { aUser, identities } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

const taggedUser = (key: string) => ({ identities: identities({ users: [aUser('ci', { tags: new Map([[key, 'platform']]) })] }) });

describeCheck(check, {
  passes: { 'a user with the tag': taggedUser('owner') },
  fails: {
    'a user without the tag': { given: taggedUser('team'), says: 'IAM user ci has no tag owner', on: 'ci' },
    'a user without the configured tag': { given: taggedUser('owner'), params: { tagKey: 'team' }, says: 'no tag team' },
  },
  ignores: { 'an account without users': {} },
});
`;
