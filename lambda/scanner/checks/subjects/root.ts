import { rootSubject } from '../../model/account-subject.ts';
import type { CheckContext, Subject } from '../../model/check.ts';
import type { Facts } from '../../model/snapshot.ts';

/** The facts that tell which credentials root has. */
export const rootFacts = ['accountSummary', 'credentialReport'] as const;

type RootFacts = Pick<Facts, (typeof rootFacts)[number]>;

/** The credentials of root; a password is `unknown` where neither the account summary nor the credential report tells. */
export interface RootCredentials {
  readonly password: boolean | 'unknown';
  readonly accessKey: boolean;
  readonly signingCertificate: boolean;
}

/** The account summary is live and comes first; the report, up to four hours old, speaks where the summary is silent. */
export function rootCredentials({ accountSummary, credentialReport }: RootFacts): RootCredentials {
  const reported = credentialReport.root?.passwordEnabled ?? 'unsupported';
  return {
    password: accountSummary.rootHasPassword ?? (reported === 'unsupported' ? 'unknown' : reported),
    accessKey: accountSummary.rootHasAccessKey,
    signingCertificate: accountSummary.rootHasSigningCertificate,
  };
}

/**
 * Root, where it has a credential or may have one. Where all were removed nobody can sign in as root, and there is nothing to guard.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html#id_root-user-access-management
 */
export function rootWithCredentials(
  facts: RootFacts,
  context: Pick<CheckContext, 'accountId' | 'partition'>,
): readonly Subject[] {
  const { password, accessKey, signingCertificate } = rootCredentials(facts);
  return password !== false || accessKey || signingCertificate ? [rootSubject(context)] : [];
}
