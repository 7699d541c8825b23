import type { Account } from '../../iam/account.ts';
import { allOf, unique } from '../../iam/authorization-result.ts';
import { can, limitsOf } from '../../iam/authorization.ts';
import { mayAllow } from '../../iam/action-prefilter.ts';
import type { Principal, UserPrincipal } from '../../iam/principal.ts';
import { targetContextKeys } from '../../iam/target-keys.ts';
import { derivedValues } from '../../model/derived-values.ts';
import type { CompiledPolicy } from '../../policy/compile.ts';
import { narrowGlob } from '../../policy/glob.ts';
import type { Condition } from '../../policy/policy.ts';
import { type IdentityChange, techniqueFor } from './identity-change.ts';

const ACTION = 'iam:UpdateUser';

/**
 * Another path or name for a user, below which policies of the principal allow more. It takes the permission on both ARNs.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html
 */
export function moves(account: Account, by: Principal, on: Principal): readonly IdentityChange[] {
  if (on.kind !== 'user' || !mayAllow(by, ACTION)) return [];
  return userNames(account, by, on).map((arn) => ({
    key: `${ACTION} ${arn}`,
    technique: techniqueFor(ACTION, undefined, `Move the user to ${arn}`),
    // Policies may name the user as it is now.
    mayLose: true,
    answer: (by, on) =>
      allOf(
        () => can(account, by, ACTION, on.arn, targetContextKeys(on)),
        () => can(account, by, ACTION, arn, targetContextKeys(on)),
      ),
    apply: (on) => moved(on, arn),
  }));
}

/** The ARNs of users that the policies of the principal speak of, and trust policies, one for each pattern. */
function userNames(account: Account, { policies, arn }: Principal, on: UserPrincipal): readonly string[] {
  const { partition, accountId, principalsByArn, trusts } = account;
  const form = `arn:${partition}:iam::${accountId}:user/*`;
  const limits = limitsOf(on).flatMap((limit) => (limit.policies === 'unreadable' ? [] : limit.policies));
  const asked = [
    ...[...policies, ...limits].flatMap(({ policy }) => nameConditions(policy)),
    ...ofTrusts.getOrCreate(trusts, () => [...trusts.values()].flatMap((trust) => (trust ? nameConditions(trust) : []))),
  ];
  const patterns = [
    ...policies.flatMap(({ policy }) => policy.statements.flatMap(({ resources }) => resources.patterns)),
    ...asked.flatMap((condition) => askedNames(condition, on)),
  ];
  const names = patterns.flatMap((pattern) =>
    pattern === '*' ? [] : (narrowGlob(form, pattern.replaceAll(/\$\{[^}]*\}/g, '*')) ?? []),
  );
  return unique(names.map((name) => name.replaceAll('*', 'any').replaceAll('?', 'x'))).filter(
    (name) => name !== arn && !principalsByArn.has(name),
  );
}

const PRINCIPAL_ARN = 'aws:principalarn';
const USER_NAME = 'aws:username';

const ofTrusts = derivedValues.table<Account['trusts'], readonly Condition[]>();
const ofPolicies = derivedValues.table<CompiledPolicy, readonly Condition[]>();

/** The conditions on the name of the caller. */
const nameConditions = (policy: CompiledPolicy): readonly Condition[] =>
  ofPolicies.getOrCreate(policy, () =>
    policy.statements.flatMap(({ source }) =>
      source.conditions.filter(({ key }) => [PRINCIPAL_ARN, USER_NAME].includes(key.toLowerCase())),
    ),
  );

/** The names for which such a condition asks, as patterns of ARNs. */
const askedNames = ({ key, values }: Condition, { arn, identity: { name } }: UserPrincipal): readonly string[] =>
  key.toLowerCase() === PRINCIPAL_ARN ? values : values.map((value) => arn.slice(0, arn.length - name.length) + value);

function moved(principal: Principal, arn: string): Principal {
  if (principal.kind !== 'user') return principal;
  const [, path = '/', name = ''] = /:user(\/(?:.*\/)?)([^/]*)$/.exec(arn) ?? [];
  return { ...principal, arn, identity: { ...principal.identity, arn, path, name } };
}
