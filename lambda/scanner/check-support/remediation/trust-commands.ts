import { cli } from '../../model/command.ts';
import type { Role } from '../../facts/identity.ts';

/** How to change the trust policy of a role: save it, edit it, apply it. */
export const trustChange = ({ name }: Pick<Role, 'name'>): string =>
  `Save the trust policy (${cli('iam get-role', { 'role-name': name, query: 'Role.AssumeRolePolicyDocument', output: 'json' })} > trust.json), edit the file, then apply it: ${cli('iam update-assume-role-policy', { 'role-name': name, 'policy-document': 'file://trust.json' })}`;
