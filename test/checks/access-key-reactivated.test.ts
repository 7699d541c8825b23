import check from '../../lambda/scanner/checks/access-key-reactivated.ts';
import type { AccessKey } from '../../lambda/scanner/facts/access-keys.ts';
import { type Snapshot, parseSnapshot } from '../../lambda/scanner/facts/snapshot.ts';
import { type Observed, collected, unavailable } from '../../lambda/scanner/model/observed.ts';
import { ACCOUNT, aKey, aReport, aReportedKey, aRow, aUser, daysAgo, identities, seen } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { aVerdict, accessOf } from '../support/verdicts.ts';

const KEY = 'AKIAEXAMPLE1';
const ann = aUser('ann');
const now = (...keys: readonly AccessKey[]) => ({
  identities: identities({ users: [ann] }),
  credentialReport: aReport(aRow('ann')),
  accessKeys: seen({ ann: keys }),
});
const active = now(aKey('ann', KEY));

/** A snapshot of the night before, with these access keys. */
const before = (accessKeys: Snapshot['facts']['accessKeys']): Snapshot => {
  const empty = parseSnapshot({
    schemaVersion: 1,
    takenAt: new Date(daysAgo(1)).toISOString(),
    partition: 'aws',
    accountId: ACCOUNT,
    facts: {},
  });
  return { ...empty, facts: { ...empty.facts, accessKeys } };
};
const beforeHad = (...keys: readonly AccessKey[]) => ({ previous: before(collected(seen({ ann: keys }))) });
const inactive = aKey('ann', KEY, { active: false });
const hidden: Observed<never> = unavailable('access was denied');

describeCheck(check, {
  passes: {
    'a key that was active before': { ...active, ...beforeHad(aKey('ann', KEY)) },
    'a key that is new': { ...active, ...beforeHad(aKey('ann', 'AKIAOTHER', { active: false })) },
    'a key of a user who had none': { ...active, previous: before(collected(new Map())) },
  },
  fails: {
    'a key that was inactive before': {
      given: { ...active, ...beforeHad(inactive) },
      says: new RegExp(
        `^Access key ${KEY} of IAM user ann was inactive on 2026-11-19 and is active again\\nAccess keys are deactivated `,
      ),
      on: KEY,
      severity: 'HIGH',
    },
    'the key of a user who can escalate to administrator': {
      given: { ...active, ...beforeHad(inactive), access: accessOf(aVerdict(ann.arn, 'can-become-admin')) },
      says: 'is active again',
      severity: 'CRITICAL',
    },
  },
  ignores: {
    'any key, without an earlier snapshot': active,
    'a key that is still inactive': { ...now(inactive), ...beforeHad(inactive) },
  },
  unknowns: {
    'keys that cannot be seen now': {
      given: { ...active, accessKeys: new Map([['ann', hidden]]), ...beforeHad(inactive) },
      says: 'access was denied',
    },
    'keys that could not be seen before': { given: { ...active, previous: before(hidden) }, says: 'the earlier snapshot has no' },
    'keys of the user that could not be seen before': {
      given: { ...active, previous: before(collected(new Map([['ann', hidden]]))) },
      says: 'the earlier snapshot does not have the keys of the user: access was denied',
    },
    'a key that only the credential report lists, by number': {
      given: {
        ...active,
        accessKeys: new Map(),
        credentialReport: aReport(
          aRow('ann', { keys: [aReportedKey(), aReportedKey({ active: false, lastRotated: 'never', lastUsed: 'never' })] }),
        ),
        ...beforeHad(inactive),
      },
      says: 'which key of the user it is',
    },
  },
});
