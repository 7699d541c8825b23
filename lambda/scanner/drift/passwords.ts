import { reportRow, userResource } from '../check-support/credentials/users.ts';
import type { CredentialReportRow } from '../facts/credential-report.ts';
import type { User } from '../facts/identity.ts';
import { type Change, type Incomparable, isOfAdminOrBreakGlass } from '../model/change.ts';
import { toIso } from '../model/instant.ts';
import type { Severity } from '../model/severity.ts';
import { isSurelyNew } from './identity-pairs.ts';
import { type Comparison, type Pair, cannotCompare, factsOfBoth, isPowerful, standingOf, together } from './pair.ts';

const PART = 'passwords';

/** Console passwords that were set, changed or deleted. */
export function comparePasswords(pair: Pair): Comparison {
  const facts = factsOfBoth(pair, ['identities', 'credentialReport']);
  if (facts.status === 'unavailable') return cannotCompare(PART, facts.reason);
  const before = new Map(facts.before.identities.users.map((user) => [user.id, user]));
  return together(
    facts.after.identities.users.map((user) => {
      const was = before.get(user.id);
      const row = reportRow(user, facts.after.credentialReport);
      if (was === undefined && !isSurelyNew(facts.before.identities, pair.before.snapshot.takenAt, user)) return nothing;
      if (was === undefined) return row?.passwordEnabled === true ? only(addition(pair, user, row)) : nothing;
      return compareRows(pair, user, reportRow(was, facts.before.credentialReport), row);
    }),
  );
}

const nothing: Comparison = { changes: [], incomparable: [] };
const only = (...changes: readonly Change[]): Comparison => ({ changes, incomparable: [] });

function compareRows(
  pair: Pair,
  user: User,
  was: CredentialReportRow | undefined,
  is: CredentialReportRow | undefined,
): Comparison {
  // A user that is newer than the report has a row in the next one.
  if (was === undefined && is !== undefined && isSetSince(is, pair)) return only(addition(pair, user, is));
  if (was === undefined || is === undefined)
    return { changes: [], incomparable: [noRow(user, is === undefined ? 'the' : 'the earlier')] };
  if (was.passwordEnabled !== true && is.passwordEnabled === true) return only(addition(pair, user, is));
  if (was.passwordEnabled === true && is.passwordEnabled === false) return only(removal(pair, user));
  const isChanged =
    typeof is.passwordLastChanged === 'number' &&
    typeof was.passwordLastChanged === 'number' &&
    is.passwordLastChanged > was.passwordLastChanged;
  return is.passwordEnabled === true && isChanged ? only(renewal(pair, user, is)) : nothing;
}

const isSetSince = ({ passwordEnabled, passwordLastChanged }: CredentialReportRow, { before }: Pair): boolean =>
  passwordEnabled === true && typeof passwordLastChanged === 'number' && passwordLastChanged > before.snapshot.takenAt;

const noRow = (user: User, which: string): Incomparable => ({
  part: PART,
  resource: userResource(user),
  reason: `${which} credential report does not have the user`,
});

const common = (pair: Pair, user: User) => ({
  account: pair.after.snapshot.accountId,
  resource: { ...userResource(user), id: `${user.id}/password` },
  principalArn: user.arn,
  ...standingOf(pair, user),
});

const evidenceOf = ({ passwordLastChanged }: CredentialReportRow) =>
  typeof passwordLastChanged === 'number' ? { passwordLastChanged: toIso(passwordLastChanged) } : {};

function addition(pair: Pair, user: User, row: CredentialReportRow): Change {
  const severity: Severity = isOfAdminOrBreakGlass(standingOf(pair, user)) ? 'HIGH' : 'MEDIUM';
  return {
    ...{ ...common(pair, user), kind: 'password-added', effect: 'worse', severity },
    headline: `IAM user ${user.name} now has a console password`,
    ...{ message: '', evidence: evidenceOf(row) },
  };
}

/**
 * Users change their passwords, so only that of an admin is worth a look: another principal could have set it. That of a break-glass user
 * stays as it is until it is used.
 */
const renewal = (pair: Pair, user: User, row: CredentialReportRow): Change => ({
  ...{ ...common(pair, user), kind: 'password-changed', effect: 'neutral' },
  severity: pair.isBreakGlass(user) ? 'HIGH' : isPowerful(pair.after, user.arn) ? 'MEDIUM' : 'INFORMATIONAL',
  headline: `The console password of IAM user ${user.name} was changed`,
  message: 'The user, or another principal with iam:UpdateLoginProfile, did it. The credential report does not tell which.',
  evidence: evidenceOf(row),
});

const removal = (pair: Pair, user: User): Change => ({
  ...{ ...common(pair, user), kind: 'password-removed', effect: 'better', severity: 'INFORMATIONAL' },
  ...{ headline: `IAM user ${user.name} has no console password any more`, message: '', evidence: {} },
});
