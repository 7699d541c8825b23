import { defineCheck, fail, pass, unknown } from '../model/check.ts';
import { DAY, type Instant, daysSince, toIso } from '../model/instant.ts';
import { type SeenKey, keyFacts } from './subjects/access-keys.ts';
import { lookUpEvents } from './subjects/cloudtrail.ts';
import { deactivation } from './subjects/key-commands.ts';
import { type KeyWithSiblings, keysWithSiblings } from './subjects/key-siblings.ts';
import { day } from './subjects/wording.ts';

const params = { youngDays: 30, userOlderByDays: 30 };

/** Whether the key is old by now, or was made with its user. */
function isNoNews({ user, createdBefore }: SeenKey, now: Instant, { youngDays, userOlderByDays }: typeof params): boolean {
  if (createdBefore === undefined) return false;
  const isFromTheStart = user.createdAt !== undefined && daysSince(user.createdAt, createdBefore) <= userOlderByDays;
  return isFromTheStart || daysSince(createdBefore, now) >= youngDays;
}

/** What makes a new key suspicious; undefined: nothing does. */
function suspicion({ siblings, row }: KeyWithSiblings): string | undefined {
  const other = siblings.find(({ active }) => active);
  if (other) return `beside the active key ${other.resource.name}`;
  if (siblings.length > 0 || row?.passwordEnabled === false) return undefined;
  return 'on a user that signs in with a password and has no other key';
}

export default defineCheck({
  id: 'access-key-planted',
  title: 'No new access key has appeared on an old user',
  severity: 'HIGH',
  rationale:
    'Whoever steals a credential makes a key of their own on an existing user, so as to stay when the theft is noticed: beside the key that is there, or on a user that never needed one. A rotation looks the same, so somebody has to say that it was one.',
  standards: { 'ISO 27001:2022': 'A.8.16', NIS2: 'Art. 21(2)(b)' },
  needs: keyFacts,
  params,
  select: keysWithSiblings,
  judge: (key, _facts, { now, params: thresholds }) => {
    if (key.unseen !== undefined) return unknown(key.unseen);
    const { user, createdAt } = key;
    const why = isNoNews(key, now, thresholds) ? undefined : suspicion(key);
    if (why === undefined) return pass;
    if (createdAt === undefined) return unknown('the credential report does not tell when the key was created');
    if (user.createdAt === undefined) return unknown('AWS does not tell when the user was created');
    if (key.siblings.length === 0 && key.row?.passwordEnabled !== true)
      return unknown('the credential report does not tell whether the user has a password');
    return fail(
      `${key.label} was made on ${day(createdAt)}, ${daysSince(user.createdAt, createdAt)} days after the user (${day(user.createdAt)}), ${why}. Check in CloudTrail who made it and from where.`,
      {
        evidence: {
          keyCreated: toIso(createdAt),
          userCreated: toIso(user.createdAt),
          siblings: key.siblings.map(({ resource }) => resource.name),
        },
      },
    );
  },
  remediation: (key, { partition, now }) => {
    const made = key.unseen === undefined ? key.createdAt : undefined;
    const since = (made ?? now - DAY) - DAY / 24;
    const until = (made ?? now) + DAY / 24;
    return `Find who made the key: ${lookUpEvents({ partition, attribute: 'EventName', value: 'CreateAccessKey', since, until })}. Unless the owner of the user made it, deactivate it, and treat the credential that made it as stolen: ${deactivation(key)}`;
  },
});
