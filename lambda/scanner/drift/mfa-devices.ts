import { type MfaUser, mfaFacts, mfaUsers } from '../check-support/credentials/mfa-users.ts';
import { summarizeList } from '../check-support/wording/summarize-list.ts';
import { mfaKind } from '../facts/mfa-devices.ts';
import { type Change, type Incomparable, isOfAdminOrBreakGlass } from '../model/change.ts';
import { isRootArn } from '../model/arn.ts';
import { rootSubject } from '../model/account-subject.ts';
import type { Resource } from '../model/resource.ts';
import type { Facts } from '../facts/snapshot.ts';
import { type Comparison, type Pair, cannotCompare, factsOfBoth, standingOf, together } from './pair.ts';

const PART = 'mfa-devices';

/** MFA devices of users and of root that were added, removed or replaced. */
export function compareMfaDevices(pair: Pair): Comparison {
  const facts = factsOfBoth(pair, [...mfaFacts, 'accountSummary']);
  if (facts.status === 'unavailable') return cannotCompare(PART, facts.reason);
  const before = new Map(mfaUsers(facts.before).map((subject) => [subject.user.id, subject]));
  return together([
    compareRoot(pair, facts.before, facts.after),
    ...mfaUsers(facts.after).map((user) => {
      const was = before.get(user.user.id);
      return was === undefined ? { changes: [], incomparable: [] } : compareUser(pair, was, user);
    }),
  ]);
}

function compareUser(pair: Pair, was: MfaUser, is: MfaUser): Comparison {
  const { resource } = is;
  const standing = standingOf(pair, is.user);
  const isGrave = isOfAdminOrBreakGlass(standing);
  const isWhole = was.complete && is.complete;
  // All virtual devices are listed, whatever is known of the others.
  const comparable = (serials: readonly string[]) =>
    isWhole ? serials : serials.filter((serial) => mfaKind(serial) === 'virtual');
  const change = changeOfDevices(comparable(was.serialNumbers), comparable(is.serialNumbers));
  const incomparable: readonly Incomparable[] =
    isGrave && !isWhole && (was.unseen ?? is.unseen) !== undefined
      ? [{ part: PART, resource, reason: is.unseen ?? `in the earlier snapshot: ${was.unseen ?? ''}` }]
      : [];
  if (change === undefined) return { changes: [], incomparable };
  const owner = { resource, label: `IAM user ${is.user.name}`, standing, had: was.serialNumbers.length };
  return { changes: [changeFor(pair, owner, change)], incomparable };
}

/** Of root only the virtual devices are listed. The account summary tells whether it has any device. */
function compareRoot(
  pair: Pair,
  before: Pick<Facts, 'virtualMfaDevices' | 'accountSummary'>,
  after: Pick<Facts, 'virtualMfaDevices' | 'accountSummary'>,
): Comparison {
  const { accountId, partition } = pair.after.snapshot;
  const devices = ({ virtualMfaDevices }: typeof before) =>
    virtualMfaDevices.flatMap(({ userArn, serialNumber }) => (isRootArn(userArn ?? '') ? serialNumber : []));
  const [was, is] = [devices(before), devices(after)];
  const isLost = before.accountSummary.rootHasMfa === true && after.accountSummary.rootHasMfa === false;
  const change = changeOfDevices(was, is) ?? (isLost ? { added: [], removed: ['the only device'] } : undefined);
  if (change === undefined) return { changes: [], incomparable: [] };
  const { resource } = rootSubject({ accountId, partition });
  const had = Math.max(was.length, before.accountSummary.rootHasMfa === true ? 1 : 0);
  return {
    changes: [changeFor(pair, { resource, label: 'Root user', standing: { isAdmin: true }, had }, change)],
    incomparable: [],
  };
}

interface DeviceChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

function changeOfDevices(was: readonly string[], is: readonly string[]): DeviceChange | undefined {
  const added = is.filter((serial) => !was.includes(serial));
  const removed = was.filter((serial) => !is.includes(serial));
  return added.length + removed.length === 0 ? undefined : { added, removed };
}

interface Owner {
  readonly resource: Resource;
  readonly label: string;
  readonly standing: Pick<Change, 'isAdmin' | 'isBreakGlass'>;
  /** The number of devices before. */
  readonly had: number;
}

function changeFor(pair: Pair, { resource, label, standing, had }: Owner, { added, removed }: DeviceChange): Change {
  const [kind, what] =
    removed.length === 0
      ? (['mfa-device-added', 'has another MFA device'] as const)
      : added.length === 0
        ? (['mfa-device-removed', 'has lost an MFA device'] as const)
        : (['mfa-device-replaced', 'has another MFA device in the place of an earlier one'] as const);
  const isFirst = kind === 'mfa-device-added' && had === 0;
  return {
    ...{
      account: pair.after.snapshot.accountId,
      kind,
      effect: isFirst ? 'better' : kind === 'mfa-device-added' ? 'neutral' : 'worse',
    },
    // The first device protects the user; only an attacker who has the password could have enrolled it.
    severity: isOfAdminOrBreakGlass(standing) ? (isFirst ? 'MEDIUM' : 'HIGH') : 'INFORMATIONAL',
    resource: { ...resource, id: `${resource.id}/mfa-devices` },
    ...{ principalArn: resource.arn, ...standing },
    headline: `${label} ${isFirst ? 'has its first MFA device' : what}`,
    message: [sentence('Added', added), sentence('Removed', removed)].filter((text) => text !== '').join(' '),
    evidence: { added, removed },
  };
}

const sentence = (what: string, serials: readonly string[]): string =>
  serials.length === 0 ? '' : `${what}: ${summarizeList(serials)}.`;
