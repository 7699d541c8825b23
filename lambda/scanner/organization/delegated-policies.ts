import type { OrganizationResourcePolicy } from '../facts/organization-parts/resource-policy.ts';
import { type Account, vocabulary } from '../iam/account.ts';
import type { AuthorizationResult } from '../iam/authorization-result.ts';
import { resultOf } from '../iam/authorization.ts';
import { withBestCredential } from '../iam/credentials.ts';
import type { Principal } from '../iam/principal.ts';
import { type RequestKeys, requestContext } from '../iam/request-context.ts';
import { namesAccount, namesPrincipal } from '../iam/trust-policy.ts';
import { compileDocument } from '../policy/compile.ts';
import { type AppliesTo, type PolicyInForce, decide } from '../policy/decide.ts';
import type { PrincipalEntry } from '../policy/policy.ts';

/** Whether the resource policy of the organization lets a principal make a request; its own account must allow it too. */
export type Delegation = (principal: Principal, request: DelegatedRequest) => AuthorizationResult;

interface DelegatedRequest {
  readonly action: string;
  readonly resource: string;
  readonly keys: RequestKeys;
}

/** What the policy lets the principals of a member account do; nothing where it names neither the account nor any of them. */
export function delegationTo(account: Account, { arn, document }: OrganizationResourcePolicy): Delegation | undefined {
  const compiled = compileDocument(document, vocabulary);
  if (compiled.kind !== 'compiled') return undefined;
  const isHere = (entry: PrincipalEntry) => entry.value === '*' || entry.value.includes(account.accountId);
  const isDelegated = compiled.statements.some(
    ({ source: { effect, principal } }) =>
      effect === 'Allow' && principal !== undefined && (principal.negated || principal.entries.some(isHere)),
  );
  return isDelegated ? delegationBy(account, { policy: compiled, origin: arn }) : undefined;
}

const delegationBy =
  (account: Account, policy: PolicyInForce): Delegation =>
  (principal, { action, resource, keys }) => {
    const names = (entry: PrincipalEntry) => namesPrincipal(entry, principal) || namesAccount(entry, account);
    const appliesTo: AppliesTo = ({ source }) =>
      source.principal !== undefined && source.principal.entries.some(names) !== source.principal.negated;
    const context = requestContext(account, principal, action, keys, resource);
    return withBestCredential(account, principal, context, (known) =>
      resultOf(decide([policy], { action, resource, context: known }, appliesTo), (by) => ({
        kind: 'deny',
        text: `Denied by ${by}`,
      })),
    );
  };
