import type { Context } from '../policy/context.ts';
import type { Account } from './account.ts';
import type { Principal } from './principal.ts';
import type { AuthorizationResult } from './authorization-result.ts';
import { ifCollected } from '../model/observed.ts';

/**
 * The answer to a request made with the credential that serves the principal best. A user can use an access key instead of
 * signing in. Requests signed with a key have no MFA keys at all: `Bool` with `false` does not match then, `BoolIfExists` does.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent
 */
export function withBestCredential(
  account: Account,
  principal: Principal,
  context: Context,
  ask: (context: Context) => AuthorizationResult,
): AuthorizationResult {
  const answer = ask(context);
  if (answer.kind === 'refused' || answer.certain || !hasActiveKey(account, principal)) return answer;
  const byKey = ask(accessKeyContext(context));
  return byKey.kind === 'granted' && byKey.certain ? byKey : answer;
}

/** The context of a request signed with an access key. */
export const accessKeyContext =
  (context: Context): Context =>
  (key) =>
    sessionKeys.has(key) ? { state: 'absent' } : context(key);

const sessionKeys = new Set(['aws:multifactorauthpresent', 'aws:multifactorauthage', 'aws:tokenissuetime']);

function hasActiveKey({ facts: { accessKeys, credentialReport } }: Account, { kind, identity: { name } }: Principal): boolean {
  if (kind === 'role') return false;
  const listed = ifCollected(accessKeys)?.get(name);
  if (listed?.status === 'collected') return listed.value.some(({ active }) => active);
  const row = ifCollected(credentialReport)?.rows.get(name);
  return row?.keys.some(({ active }) => active) ?? false;
}
