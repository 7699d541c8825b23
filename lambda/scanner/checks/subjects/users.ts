import type { Subject } from '../../model/check.ts';
import type { CredentialReport, CredentialReportRow } from '../../model/facts/credential-report.ts';
import type { User } from '../../model/facts/identities.ts';
import { madeOnce } from './made-once.ts';

/** An IAM user with what the credential report says of it; no row: the user is newer than the report. */
export interface UserSubject extends Subject {
  readonly user: User;
  readonly row?: CredentialReportRow;
}

const isNewer = ({ createdAt = -Infinity }: User, reportMadeAt = Infinity) => createdAt > reportMadeAt;

/**
 * What the credential report says of a user. Where the user was made after the report, a row of its name is that of another user,
 * deleted since, and says nothing of this one.
 */
export const reportRow = (user: User, { rows, generatedAt }: CredentialReport): CredentialReportRow | undefined =>
  isNewer(user, generatedAt) ? undefined : rows.get(user.name);

/** Every IAM user of the account; root is none. Users that only the report knows were deleted since, and are left out. */
export const users = madeOnce(['credentialReport'], ({ identities, credentialReport }): readonly UserSubject[] =>
  identities.users.map((user) => {
    const row = reportRow(user, credentialReport);
    return { resource: userResource(user), user, ...(row ? { row } : {}) };
  }),
);

/** Users who may have a password: those the report says so of, and those it does not know yet. */
export const consoleUsers = (facts: Parameters<typeof users>[0]): readonly UserSubject[] =>
  users(facts).filter(({ row }) => row?.passwordEnabled !== false);

/** A user as the resource of a finding. */
export const userResource = ({ arn, name, id }: User): Subject['resource'] => ({ type: 'AwsIamUser', arn, name, id });
