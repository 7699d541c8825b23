import { type Judgement, defineCheck, fail, pass, unknown } from '../model/check.ts';
import { toIso } from '../model/instant.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { type SeenKey, activeKeys, keyFacts } from './subjects/access-keys.ts';
import { lookUpEvents } from './subjects/cloudtrail.ts';
import { deactivation } from './subjects/key-commands.ts';
import { day } from './subjects/wording.ts';

/** What the earlier snapshot makes of a key that is active now. */
function judgeAgainst(key: SeenKey, { facts: { accessKeys }, takenAt }: Snapshot): Judgement {
  if (key.createdAt === undefined) return unknown('the credential report does not tell which key of the user it is');
  if (accessKeys.status === 'unavailable') return unknown(`the earlier snapshot has no access keys: ${accessKeys.reason}`);
  const earlier = accessKeys.value.get(key.user.name);
  // Whose keys were not asked for had none.
  if (earlier === undefined) return pass;
  if (earlier.status === 'unavailable') return unknown(`the earlier snapshot: ${earlier.reason}`);
  const before = earlier.value.find(({ id }) => id === key.resource.name);
  if (before === undefined || before.active) return pass;
  return fail(`${key.label} was inactive on ${day(takenAt)} and is active again.`, { evidence: { inactiveAt: toIso(takenAt) } });
}

export default defineCheck({
  id: 'access-key-reactivated',
  title: 'No access key that was switched off is active again',
  severity: 'HIGH',
  raisedForAdmins: true,
  rationale:
    'A key is switched off because it is old, lost or stolen. Whoever switches it on again either undoes a mistake or was waiting for nobody to look.',
  standards: {},
  needs: [...keyFacts, 'previous'],
  // Without an earlier snapshot there is nothing to compare with.
  select: (facts) => (facts.previous === undefined ? [] : activeKeys(facts)),
  judge: (key, { previous }) => {
    if (key.unseen !== undefined) return unknown(key.unseen);
    return previous === undefined ? pass : judgeAgainst(key, previous);
  },
  remediation: (key, { partition, now }) =>
    `Find who switched it on: ${lookUpEvents({ partition, attribute: 'EventName', value: 'UpdateAccessKey', since: now - 2 * 86_400_000 })}. Unless its owner did, switch it off again and treat the credential that did it as stolen: ${deactivation(key)}`,
});
