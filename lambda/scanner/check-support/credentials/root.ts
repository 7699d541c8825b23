import { rootSubject } from '../../model/account-subject.ts';
import type { CheckContext, Subject } from '../../check.ts';
import type { Facts } from '../../facts/snapshot.ts';

/** The facts about the credentials of root. */
export const rootFacts = ['accountSummary', 'credentialReport'] as const;

type RootFacts = Pick<Facts, (typeof rootFacts)[number]>;

/** The credentials of root. `unknown`: neither the account summary nor the credential report shows it. */
export interface RootCredentials {
  readonly password: boolean | 'unknown';
  readonly accessKey: boolean | 'unknown';
  readonly signingCertificate: boolean | 'unknown';
}

/** The account summary is live and takes precedence. The report, up to four hours old, fills the gaps. */
export function rootCredentials({ accountSummary, credentialReport }: RootFacts): RootCredentials {
  const reported = credentialReport.root?.passwordEnabled ?? 'unsupported';
  return {
    password: accountSummary.rootHasPassword ?? (reported === 'unsupported' ? 'unknown' : reported),
    accessKey: accountSummary.rootHasAccessKey ?? 'unknown',
    signingCertificate: accountSummary.rootHasSigningCertificate ?? 'unknown',
  };
}

/**
 * The root user, if it has or may have a credential. Without any credential no one can sign in as root, so there is no risk.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html#id_root-user-access-management
 */
export function rootWithCredentials(
  facts: RootFacts,
  context: Pick<CheckContext, 'accountId' | 'partition'>,
): readonly Subject[] {
  const { password, accessKey, signingCertificate } = rootCredentials(facts);
  return password !== false || accessKey !== false || signingCertificate !== false ? [rootSubject(context)] : [];
}
