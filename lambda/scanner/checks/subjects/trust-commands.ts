import { cli } from '../../model/command.ts';
import type { Role } from '../../facts/identities.ts';

/** How to change the trust policy of a role: fetch it, edit it, put it back. */
export const trustChange = ({ name }: Role): string =>
  `Fetch the trust policy, edit it and put it back: ${cli('iam get-role', { 'role-name': name, query: 'Role.AssumeRolePolicyDocument' })} > trust.json && ${cli('iam update-assume-role-policy', { 'role-name': name, 'policy-document': 'file://trust.json' })}`;
