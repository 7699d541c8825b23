import type { Subject } from '../../check.ts';
import type { CredentialReport, CredentialReportRow } from '../../facts/credential-report.ts';
import type { User } from '../../facts/identity.ts';
import { memoizeByFacts } from '../principals/memoize-by-facts.ts';

/** An IAM user with its row in the credential report; no row if the user is newer than the report. */
export interface UserSubject extends Subject {
  readonly user: User;
  readonly row?: CredentialReportRow;
}

const isNewer = ({ createdAt = -Infinity }: User, reportMadeAt = Infinity) => createdAt > reportMadeAt;

/**
 * The row of a user in the credential report. If the user was created after the report, a row of the same name belongs to a deleted
 * user and is ignored.
 */
export const reportRow = (user: User, { rows, generatedAt }: CredentialReport): CredentialReportRow | undefined =>
  isNewer(user, generatedAt) ? undefined : rows.get(user.name);

/** Every IAM user of the account, without root. Users that only the report lists were deleted and are left out. */
export const users = memoizeByFacts(['credentialReport'], ({ identities, credentialReport }): readonly UserSubject[] =>
  identities.users.map((user) => {
    const row = reportRow(user, credentialReport);
    return { resource: userResource(user), user, ...(row ? { row } : {}) };
  }),
);

/** Users who have or may have a password: users with one in the report, and users that the report does not show yet. */
export const consoleUsers = (facts: Parameters<typeof users>[0]): readonly UserSubject[] =>
  users(facts).filter(({ row }) => row?.passwordEnabled !== false);

/** A user as the resource of a finding. */
export const userResource = ({ arn, name, id }: User): Subject['resource'] => ({ type: 'AwsIamUser', arn, name, id });
