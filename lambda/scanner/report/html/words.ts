import { parseArn } from '../../model/arn.ts';
import type { Finding } from '../../model/finding.ts';
import type { VerdictWithUsers } from '../../model/role-people.ts';
import type { StatementReference, Verdict } from '../../model/verdict.ts';

/** A principal of the report that is admin somewhere. */
export type Admin = VerdictWithUsers & { readonly account: string };

/** The verdicts, as the page shows them. */
export const verdictWords = {
  admin: 'Admin',
  'can-become-admin': 'Can become admin',
  'can-grant-admin': 'Can make others admin',
  conditional: 'Conditional',
  none: 'Admin in other accounts only',
} as const satisfies Record<Verdict, string>;

/** What can be chosen as the status of a finding. */
export const statusWords = {
  FAILED: 'Failed',
  UNKNOWN: 'Could not be evaluated',
  SUPPRESSED: 'Exception',
} as const satisfies Record<Finding['status'], string>;

/** The name of a principal with its kind: `user sven.larsen`; a root user by its account. */
export function principalInWords(arn: string): string {
  const { service, accountId, resource } = parseArn(arn) ?? { service: '', accountId: '', resource: arn };
  if (resource === 'root') return `root user of ${accountId}`;
  const [kind = '', ...path] = resource.split('/');
  return service === 'iam' && path.length > 0 ? `${kind} ${path.at(-1) ?? ''}` : arn;
}

/** A text with the names of principals in place of their ARNs. */
export const withNames = (text: string): string =>
  text.replaceAll(/arn:[\w-]+:(?:iam|sts)::[^\s,]+/g, (arn) => principalInWords(arn).replace('root user of', 'account'));

/** A statement and where it is: `statement 2 (Sid Stacks) of policy CdkDeploy`. */
export function statementInWords({ policy, group, index, sid }: StatementReference): string {
  const name = `statement ${index + 1}${sid === undefined ? '' : ` (Sid ${sid})`}`;
  return `${name} of ${policyInWords(policy)}${group === undefined ? '' : ` of group ${group}`}`;
}

function policyInWords(policy: string): string {
  if (policy.startsWith('inline:')) return `inline policy ${policy.slice('inline:'.length)}`;
  if (policy.startsWith('trust:')) return `the trust policy of ${principalInWords(policy.slice('trust:'.length))}`;
  const arn = parseArn(policy);
  const name = arn?.resource.startsWith('policy/') === true ? policy.slice(policy.lastIndexOf('/') + 1) : policy;
  return arn?.accountId === 'aws' ? `AWS managed policy ${name}` : `policy ${name}`;
}

/** The number with its noun: `1 account`, `2 accounts`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
