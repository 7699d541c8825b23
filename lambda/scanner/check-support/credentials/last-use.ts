import type { CredentialReport, CredentialReportRow } from '../../facts/credential-report.ts';
import type { Instant } from '../../model/instant.ts';
import { ROLE_LAST_USED, type Role, type User } from '../../facts/identity.ts';
import { reportRow } from './users.ts';

/** When an identity was last used: a time, never within the period that AWS records, or unknown with the reason. */
export type LastUse = { readonly at: Instant } | { readonly never: true } | { readonly unseen: string };

/** The last use of the password or an access key of the user, according to the credential report. */
function lastUseOfUser(user: User, report: CredentialReport): LastUse {
  const row = reportRow(user, report);
  if (!row) return { unseen: 'the user is not in the credential report' };
  const uses = usesOf(row);
  const known = uses.filter((use) => typeof use === 'number');
  if (known.length > 0) return { at: Math.max(...known) };
  return uses.includes('unsupported')
    ? { unseen: 'the credential report does not show when the user was last used' }
    : { never: true };
}

const usesOf = ({ passwordLastUsed, keys }: CredentialReportRow) => [passwordLastUsed, ...keys.map(({ lastUsed }) => lastUsed)];

/**
 * When a role was last used. AWS records 400 days.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleLastUsed.html
 */
function lastUseOfRole({ lastUsedAt, unreadParts = [] }: Role): LastUse {
  if (unreadParts.includes(ROLE_LAST_USED)) return { unseen: `${ROLE_LAST_USED} cannot be read` };
  return lastUsedAt === undefined ? { never: true } : { at: lastUsedAt };
}

/** Whether the identity is a role. */
export const isRole = (identity: User | Role): identity is Role => 'trustPolicy' in identity;

/** When the identity was last used. */
export const lastUse = (identity: User | Role, report: CredentialReport): LastUse =>
  isRole(identity) ? lastUseOfRole(identity) : lastUseOfUser(identity, report);
