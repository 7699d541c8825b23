import type { Account } from '../../iam/account.ts';
import { allOf, unique } from '../../iam/authorization-result.ts';
import { can } from '../../iam/authorization.ts';
import { mayAllowAll } from '../../iam/action-prefilter.ts';
import type { Principal } from '../../iam/principal.ts';
import { targetContextKeys } from '../../iam/target-keys.ts';
import { narrowGlob } from '../../policy/glob.ts';
import { type SelfChange, techniqueFor } from './self-change.ts';

const ACTION = 'iam:UpdateUser';
const actions = [ACTION];

/**
 * Another path or name for the user itself, below which its policies allow more. It takes the permission on both ARNs.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html
 */
export function moves(account: Account, principal: Principal): readonly SelfChange[] {
  if (principal.kind !== 'user' || !mayAllowAll(principal, actions)) return [];
  return userNames(account, principal).map((arn) => ({
    key: `${ACTION} ${arn}`,
    technique: techniqueFor(ACTION, undefined, `Move itself to ${arn}`),
    answer: (by) =>
      allOf(
        () => can(account, by, ACTION, by.arn, targetContextKeys(by)),
        () => can(account, by, ACTION, arn, targetContextKeys(by)),
      ),
    apply: (by) => moved(by, arn),
  }));
}

/** The ARNs of users that the policies of the principal speak of, one for each pattern. */
function userNames({ partition, accountId, principalsByArn }: Account, { policies, arn }: Principal): readonly string[] {
  const form = `arn:${partition}:iam::${accountId}:user/*`;
  const patterns = policies.flatMap(({ policy }) => policy.statements.flatMap(({ resources }) => resources.patterns));
  const names = patterns.flatMap((pattern) =>
    pattern === '*' ? [] : (narrowGlob(form, pattern.replaceAll(/\$\{[^}]*\}/g, '*')) ?? []),
  );
  return unique(names.map((name) => name.replaceAll('*', 'any').replaceAll('?', 'x'))).filter(
    (name) => name !== arn && !principalsByArn.has(name),
  );
}

function moved(principal: Principal, arn: string): Principal {
  if (principal.kind !== 'user') return principal;
  const [, path = '/', name = ''] = /:user(\/(?:.*\/)?)([^/]*)$/.exec(arn) ?? [];
  return { ...principal, arn, identity: { ...principal.identity, arn, path, name } };
}
