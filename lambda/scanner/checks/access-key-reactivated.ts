import { type Judgement, defineCheck, fail, pass, unknown } from '../check.ts';
import { type Instant, toIso } from '../model/instant.ts';
import type { Snapshot } from '../facts/snapshot.ts';
import { type SeenKey, activeKeys, keyFacts } from '../check-support/credentials/access-keys.ts';
import { changeParams, openUntil } from '../check-support/drift/changes.ts';
import { lookUpEvents } from '../check-support/remediation/cloudtrail.ts';
import { deactivation } from '../check-support/remediation/key-commands.ts';
import { formatDay } from '../check-support/wording/wording.ts';

/** Judges a key that is active now by its status in the earlier snapshot. */
function judgeAgainst(key: SeenKey, { facts: { accessKeys }, takenAt }: Snapshot, until: Instant): Judgement {
  if (key.createdAt === undefined) return unknown('the credential report does not show which key of the user it is');
  if (accessKeys.status === 'unavailable') return unknown(`the earlier snapshot has no access keys: ${accessKeys.reason}`);
  const earlier = accessKeys.value.get(key.user.name);
  // Keys are listed only for users that have any.
  if (earlier === undefined) return pass;
  if (earlier.status === 'unavailable')
    return unknown(`the earlier snapshot does not have the keys of the user: ${earlier.reason}`);
  const before = earlier.value.find(({ id }) => id === key.resource.name);
  if (before === undefined || before.active) return pass;
  return fail(`${key.label} was inactive on ${formatDay(takenAt)} and is active again`, {
    evidence: { inactiveAt: toIso(takenAt) },
    openUntil: until,
  });
}

export default defineCheck({
  id: 'access-key-reactivated',
  title: 'Deactivated access keys should not be reactivated',
  severity: 'HIGH',
  raisedForAdmins: true,
  rationale:
    'Access keys are deactivated because they are old, lost or stolen. A reactivated key works again for everyone who has a copy of it.',
  standards: {},
  needs: [...keyFacts, 'previous'],
  params: changeParams,
  // Without an earlier snapshot there is nothing to compare.
  select: (facts) => (facts.previous === undefined ? [] : activeKeys(facts)),
  judge: (key, { previous }, { now, params: { openDays } }) => {
    if (key.unseen !== undefined) return unknown(key.unseen);
    return previous === undefined ? pass : judgeAgainst(key, previous, openUntil(now, openDays));
  },
  remediation: (key, { partition, now }) =>
    `Find out who reactivated the key: ${lookUpEvents({ partition, attribute: 'EventName', value: 'UpdateAccessKey', since: now - 2 * 86_400_000 })}. If its owner did not, treat the credential that did it as stolen, and deactivate the key: ${deactivation(key)}`,
});
