import { type Subject, defineCheck, fail, pass, unknown } from '../check.ts';
import { lastUse } from '../check-support/credentials/last-use.ts';
import { principals } from '../check-support/principals/principals.ts';
import { lookUpEvents } from '../check-support/remediation/cloudtrail.ts';
import { DAY, daysSince, toIso } from '../model/instant.ts';

const nameOf = ({ resource }: Subject): string => resource.name;

export default defineCheck({
  id: 'break-glass-used',
  title: 'Use of break-glass identities should be explained',
  severity: 'HIGH',
  rationale:
    'A break-glass identity is for emergencies. If there was no emergency, its credential is stolen, or someone uses it for everyday work.',
  standards: { 'ISO 27001:2022': 'A.8.2, A.8.16', NIS2: 'Art. 21(2)(b)' },
  needs: ['identities', 'access', 'credentialReport'],
  params: { openDays: 7 },
  select: (facts, { isBreakGlass }) => principals(facts).filter(({ identity }) => isBreakGlass(identity)),
  judge: ({ identity, label }, { credentialReport }, { now, params: { openDays } }) => {
    const use = lastUse(identity, credentialReport);
    if ('unseen' in use) return unknown(use.unseen);
    if ('never' in use || daysSince(use.at, now) >= openDays) return pass;
    return fail(`Break-glass ${label} was used`, {
      message: `Its last use was at ${toIso(use.at)}.`,
      evidence: { lastUsed: toIso(use.at) },
    });
  },
  remediation: (subject, { partition, now, params: { openDays } }) =>
    `Ask for the incident in which it was used. See what was done: ${lookUpEvents({ partition, attribute: 'Username', value: nameOf(subject), since: now - openDays * DAY })}. If there was no incident, disable its credentials. If there was one, set a new password, seal it again, and add an exception with the ticket.`,
});
