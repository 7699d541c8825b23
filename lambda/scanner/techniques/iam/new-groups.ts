import { type Account, fullAccess } from '../../iam/account.ts';
import { type AuthorizationResult, afterCalls, allOf } from '../../iam/authorization-result.ts';
import type { Principal } from '../../iam/principal.ts';
import { type RequestKeys, noRequestKeys } from '../../iam/request-context.ts';
import { canOnSomeResource } from '../../iam/resource-candidates.ts';
import { derivedValues } from '../../model/derived-values.ts';
import type { CompiledPolicy } from '../../policy/compile.ts';
import { obtainablePolicies } from './obtainable-policies.ts';

/** A group that a principal can create, with this policy, and add users to. */
export interface NewGroup {
  /** The ARN of the attached policy, or `new`. */
  readonly origin: string;
  readonly policy: CompiledPolicy;
  readonly answer: AuthorizationResult;
}

const known = derivedValues.table<Principal, readonly NewGroup[]>();

/** The groups that a principal can create, each with one policy. A request to add a user names only the group, so any user will do. */
export const newGroups = (account: Account, principal: Principal): readonly NewGroup[] =>
  known.getOrCreate(principal, () => findNewGroups(account, principal).filter(({ answer }) => answer.kind === 'granted'));

function findNewGroups(account: Account, principal: Principal): readonly NewGroup[] {
  const make = (fill: string, keys: RequestKeys) =>
    afterCalls(
      ['iam:CreateGroup', fill],
      canOnSomeResource(account, principal, ['iam:CreateGroup', fill, 'iam:AddUserToGroup'], { keys }),
    );
  return [
    { origin: fullAccess.origin, policy: fullAccess.policy, answer: make('iam:PutGroupPolicy', noRequestKeys) },
    ...obtainablePolicies(account, principal, 'iam:policyarn').map(({ arn, policy, action, answer }): NewGroup => {
      const keys: RequestKeys = (key) => (key === 'iam:policyarn' ? [arn] : undefined);
      const attached = allOf(() => make('iam:AttachGroupPolicy', keys), answer);
      return { origin: arn, policy, answer: afterCalls(action === undefined ? [] : [action], attached) };
    }),
  ];
}
