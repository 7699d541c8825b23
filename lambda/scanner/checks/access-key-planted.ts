import { defineCheck, fail, pass, unknown } from '../check.ts';
import { DAY, type Instant, daysSince, toIso } from '../model/instant.ts';
import { type SeenKey, keyFacts } from '../check-support/credentials/access-keys.ts';
import { lookUpEvents } from '../check-support/remediation/cloudtrail.ts';
import { deactivation } from '../check-support/remediation/key-commands.ts';
import { type KeyWithSiblings, keysWithSiblings } from '../check-support/credentials/key-siblings.ts';
import { formatDay } from '../check-support/wording/wording.ts';

const params = { youngDays: 30, userOlderByDays: 30 };

/** Whether the key is old, or was created together with its user. */
function isNoNews({ user, createdBefore }: SeenKey, now: Instant, { youngDays, userOlderByDays }: typeof params): boolean {
  if (createdBefore === undefined) return false;
  const isFromTheStart = user.createdAt !== undefined && daysSince(user.createdAt, createdBefore) <= userOlderByDays;
  return isFromTheStart || daysSince(createdBefore, now) >= youngDays;
}

/** Why a new key is suspicious, as a sentence; undefined if it is not. */
function suspicion({ siblings, row }: KeyWithSiblings): string | undefined {
  const other = siblings.find(({ active }) => active);
  if (other) return `The user has another active key, ${other.resource.name}.`;
  if (siblings.length > 0 || row?.passwordEnabled === false) return undefined;
  return 'The user signs in with a password and has no other key.';
}

export default defineCheck({
  id: 'access-key-planted',
  title: 'New access keys on existing IAM users should be verified',
  severity: 'HIGH',
  rationale:
    'An attacker with a stolen credential often creates an access key on an existing user. That key still works after the stolen credential is revoked. A key rotation looks the same, so the owner has to confirm the key.',
  standards: { 'ISO 27001:2022': 'A.8.16', NIS2: 'Art. 21(2)(b)' },
  needs: keyFacts,
  params,
  select: keysWithSiblings,
  judge: (key, _facts, { now, params: thresholds }) => {
    if (key.unseen !== undefined) return unknown(key.unseen);
    const { user, createdAt } = key;
    const why = isNoNews(key, now, thresholds) ? undefined : suspicion(key);
    if (why === undefined) return pass;
    if (createdAt === undefined) return unknown('the credential report does not show when the key was created');
    if (user.createdAt === undefined) return unknown('AWS does not show when the user was created');
    if (key.siblings.length === 0 && key.row?.passwordEnabled !== true)
      return unknown('the credential report does not show whether the user has a password');
    return fail(`${key.label} was created ${daysSince(user.createdAt, createdAt)} days after the user`, {
      message: `The key was created on ${formatDay(createdAt)}, and the user on ${formatDay(user.createdAt)}. ${why}`,
      evidence: {
        keyCreated: toIso(createdAt),
        userCreated: toIso(user.createdAt),
        siblings: key.siblings.map(({ resource }) => resource.name),
      },
    });
  },
  remediation: (key, { partition, now }) => {
    const made = key.unseen === undefined ? key.createdAt : undefined;
    const since = (made ?? now - DAY) - DAY / 24;
    const until = (made ?? now) + DAY / 24;
    return `Find out who created the key: ${lookUpEvents({ partition, attribute: 'EventName', value: 'CreateAccessKey', since, until })}. If the owner of the user did not create it, treat the credential that created it as stolen, and deactivate the key: ${deactivation(key)}`;
  },
});
