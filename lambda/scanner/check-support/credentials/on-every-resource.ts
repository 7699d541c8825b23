import type { Account } from '../../iam/account.ts';
import { factsOfAction } from '../../iam/action-table.ts';
import { type AuthorizationResult, type Grant, allOf } from '../../iam/authorization-result.ts';
import { can } from '../../iam/authorization.ts';
import type { Principal } from '../../iam/principal.ts';
import type { RequestKeys } from '../../iam/request-context.ts';
import { rcpsAllow } from '../../iam/resource-control-policies.ts';
import { derivedValues } from '../../model/derived-values.ts';
import type { StatementReference } from '../../model/verdict.ts';
import type { CompiledPolicy } from '../../policy/compile.ts';
import { unnamed } from '../../policy/queries/unnamed-resource.ts';
import { dataDestruction, messaging, spending } from '../data/misuse-actions.ts';
import { type SensitiveAction, dataReads } from '../data/sensitive-actions.ts';
import { byAccessKey } from './mfa-condition-keys.ts';

/** An action that the holder of a key can do on every resource of a kind. */
export interface OnEveryResource extends SensitiveAction {
  readonly statements: readonly StatementReference[];
}

/**
 * What of a list the holder of an access key of the user can do on every resource of its kind, or on those that policies do not name:
 * after boundary, SCPs and RCPs. A condition on MFA, the network or a tag, which a thief may not meet, guards the key.
 */
export const onEveryResource = (
  account: Account,
  user: Principal,
  actions: readonly SensitiveAction[],
): readonly OnEveryResource[] => {
  const named = new Set(user.policies.flatMap(({ policy }) => [...namedBy(policy)]));
  return actions
    .filter(({ action }) => named.has(action))
    .flatMap((sensitive) => {
      const grant = grantFor(account, user, sensitive);
      return grant === undefined ? [] : [{ ...sensitive, statements: grant.statements }];
    });
};

/** The first Region in which it is allowed: one that the policies do not name, else one of those that they name. */
function grantFor(account: Account, user: Principal, { action, resource }: SensitiveAction): Grant | undefined {
  const templates = [...new Set([resource, ...(factsOfAction(action)?.required ?? [])])];
  const regions = templates.some((template) => REGION.test(template)) ? ['*', ...regionsNamed(user)] : ['*'];
  for (const region of regions) {
    const answer = allOf(
      ...templates.map(
        (template) => () => byKey(account, user, action, unnamed(template.replace(REGION, `$1${region}:`), account)),
      ),
    );
    if (answer.kind === 'granted' && answer.certain) return answer;
  }
  return undefined;
}

/** The beginning of an ARN in any Region. */
const REGION = /^(arn:\{partition\}:[\w-]+:)\*:/;

/** A request that is signed with an access key has no keys of a session. */
const keysOfRequest: RequestKeys = (key) => (key === 'aws:tokenissuetime' ? null : byAccessKey[key]);

const byKey = (account: Account, user: Principal, action: string, resource: string): AuthorizationResult =>
  allOf(
    () => can(account, user, action, resource, keysOfRequest),
    () => rcpsAllow(account, user, { action, resource }, keysOfRequest),
  );

const regionsNamed = ({ policies }: Principal): readonly string[] => [
  ...new Set(
    policies.flatMap(({ policy }) =>
      policy.statements.flatMap(({ source: { resource } }) =>
        (resource?.patterns ?? []).flatMap((pattern) => /^arn:[^:]*:[^:]*:([a-z]{2}[a-z-]*-\d):/.exec(pattern)?.[1] ?? []),
      ),
    ),
  ),
];

const all = [dataReads, dataDestruction, spending, messaging].flat();
const namedActions = derivedValues.table<CompiledPolicy, ReadonlySet<string>>();

/** Prefilter: the actions that some Allow statement of the policy names. Most policies name none. */
const namedBy = (policy: CompiledPolicy): ReadonlySet<string> =>
  namedActions.getOrCreate(policy, () => {
    const allows = policy.statements.filter(({ source }) => source.effect === 'Allow');
    return new Set(
      all.map(({ action }) => action).filter((action) => allows.some(({ matchesActionName }) => matchesActionName(action))),
    );
  });
