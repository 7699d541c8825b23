import type { CredentialReportRow, ReportedDate, ReportedKey } from './credential-report.ts';
import type { AccessKey } from './access-keys.ts';

const exists = ({ active, lastRotated }: ReportedKey) => active || typeof lastRotated === 'number';
const onlyOne = <T>(items: readonly T[]): T | undefined => (items.length === 1 ? items[0] : undefined);

/**
 * When a key was last used according to the credential report. The report has no key ids, so its two keys are told apart by
 * creation date, by being the only one, or by status; undefined where none of these decides.
 */
export function reportedUse(
  key: AccessKey,
  keysOfUser: readonly AccessKey[],
  row: CredentialReportRow | undefined,
): ReportedDate | undefined {
  const reported = row?.keys.filter(exists) ?? [];
  if (reported.length !== keysOfUser.length) return undefined;
  const sameDate = reported.filter(
    ({ lastRotated }) => typeof lastRotated === 'number' && Math.abs(lastRotated - key.createdAt) < 1000,
  );
  const sameStatus = reported.filter(({ active }) => active === key.active);
  return (onlyOne(sameDate) ?? onlyOne(reported) ?? onlyOne(sameStatus))?.lastUsed;
}
