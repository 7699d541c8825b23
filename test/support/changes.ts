import type { Facts } from '../../lambda/scanner/facts/snapshot.ts';
import type { Change, ChangeKind, ChangePart, Incomparable } from '../../lambda/scanner/model/change.ts';
import type { Severity } from '../../lambda/scanner/model/severity.ts';
import { ACCOUNT, aUser, daysAgo } from './builders.ts';

const ann = aUser('ann');

/** A change of user ann. */
export const aChange = (kind: ChangeKind, severity: Severity, more: Partial<Change> = {}): Change => ({
  account: ACCOUNT,
  kind,
  effect: 'worse',
  severity,
  resource: { type: 'AwsIamUser', arn: ann.arn, name: 'ann', id: ann.id },
  principalArn: ann.arn,
  headline: 'Something happened to ann',
  message: '',
  evidence: {},
  ...more,
});

/** A part of the account that could not be compared. */
export const aGap = (part: ChangePart): Incomparable => ({ part, reason: 'access was denied' });

/** What changed since last night. */
export const drift = (...items: readonly (Change | Incomparable)[]): Pick<Facts, 'drift'> => ({
  drift: {
    since: daysAgo(1),
    changes: items.filter((item) => 'kind' in item),
    incomparable: items.filter((item) => 'part' in item),
  },
});

/** There is no earlier snapshot. */
export const noDrift: Pick<Facts, 'drift'> = { drift: undefined };
