import type { Account } from '../../iam/account.ts';
import { allOf, unique } from '../../iam/authorization-result.ts';
import { can } from '../../iam/authorization.ts';
import { mayAllow } from '../../iam/action-prefilter.ts';
import type { Principal } from '../../iam/principal.ts';
import { targetContextKeys } from '../../iam/target-keys.ts';
import { narrowGlob } from '../../policy/glob.ts';
import { type IdentityChange, techniqueFor } from './identity-change.ts';

const ACTION = 'iam:UpdateUser';

/**
 * Another path or name for a user, below which policies of the principal allow more. It takes the permission on both ARNs.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html
 */
export function moves(account: Account, by: Principal, on: Principal): readonly IdentityChange[] {
  if (on.kind !== 'user' || !mayAllow(by, ACTION)) return [];
  return userNames(account, by).map((arn) => ({
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
