import { rootSubject } from '../model/account-subject.ts';
import { defineCheck, fail, pass, unknown } from '../check.ts';
import { DAY, toIso } from '../model/instant.ts';
import { lookUpEvents } from '../check-support/remediation/cloudtrail.ts';
import { joinList } from '../check-support/wording/wording.ts';

const HOUR = DAY / 24;

export default defineCheck({
  id: 'root-used-recently',
  title: 'Root user should not be used',
  severity: 'HIGH',
  rationale:
    'Few tasks need the root user, and none of them is a daily task. An unplanned use is an incident. The credential report shows a use up to four hours late.',
  standards: {
    'ISO 27001:2022': 'A.8.2',
    NIS2: 'Art. 21(2)(i)',
  },
  needs: ['credentialReport'],
  params: { withinHours: 24 },
  select: (_facts, context) => [rootSubject(context)],
  judge: (_root, { credentialReport: { root } }, { now, params, accountId }) => {
    if (!root) return unknown('the credential report has no row for the root user');
    const uses = [
      { credential: 'password', used: root.passwordLastUsed },
      ...root.keys.map(({ lastUsed }, index) => ({ credential: `access key ${index + 1}`, used: lastUsed })),
    ];
    const recent = uses.flatMap(({ credential, used }) =>
      typeof used === 'number' && now - used <= params.withinHours * HOUR ? [`${credential} at ${toIso(used)}`] : [],
    );
    if (recent.length > 0)
      return fail(`Root user of account ${accountId} was used in the last ${params.withinHours} hours`, {
        message: `Credentials used: ${joinList(recent)}.`,
        evidence: { uses: recent },
      });
    return uses.some(({ used }) => used === 'unsupported')
      ? unknown('the credential report does not show when the root user was used')
      : pass;
  },
  remediation: (_root, { partition, now, params }) =>
    `Find out who used the root user, and compare with the events in CloudTrail: ${lookUpEvents({ partition, attribute: 'Username', value: 'root', since: now - params.withinHours * HOUR })} (calls to regional services are recorded in the Region where they were made). If no one can explain the use, treat it as an incident: change the root password and delete the access keys of the root user.`,
});
