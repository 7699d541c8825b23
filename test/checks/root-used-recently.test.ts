import check from '../../lambda/scanner/checks/root-used-recently.ts';
import { DAY } from '../../lambda/scanner/model/instant.ts';
import { NOW, aReport, aReportedKey, aRow, daysAgo, partitions, rootRow } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

const HOUR = DAY / 24;
const old = aReportedKey({ lastUsed: daysAgo(400) });
const used = (hours: number) => aReportedKey({ lastUsed: NOW - hours * HOUR });
const root = (row: Parameters<typeof rootRow>[0]) => ({ credentialReport: aReport(rootRow(row)) });

describe.each(partitions)('in partition %s', (partition) => {
  describeCheck(check, {
    partition,
    passes: {
      'root was never used': {},
      'the password was used 25 hours ago': root({ passwordLastUsed: NOW - 25 * HOUR }),
      'old uses of everything': root({ passwordLastUsed: daysAgo(9), keys: [old, old] }),
      'another user was used': { credentialReport: aReport(rootRow(), aRow('root', { passwordLastUsed: NOW - HOUR })) },
    },
    fails: {
      'the password was used 24 hours ago': {
        given: root({ passwordLastUsed: NOW - 24 * HOUR }),
        says: /^Root user of account \d{12} was used in the last 24 hours\nCredentials used: password at 2026-11-19T03:00:00Z\.$/,
        on: 'root',
        severity: 'HIGH',
      },
      'the first key was used, and the password was not': {
        given: root({ passwordLastUsed: daysAgo(90), keys: [used(3), old] }),
        says: 'access key 1 at 2026-11-20T00:00:00Z.',
      },
      'the second key was used': { given: root({ keys: [old, used(1)] }), says: 'access key 2' },
      'the password and both keys': {
        given: root({ passwordLastUsed: NOW - HOUR, keys: [used(1), used(2)] }),
        says: /password at .+, access key 1 at .+ and access key 2 at/,
      },
      'a key was used, and the use of the password is not known': {
        given: root({ passwordLastUsed: 'unsupported', keys: [used(1), old] }),
        says: 'access key 1',
      },
      'a period from the configuration': {
        given: root({ passwordLastUsed: NOW - 30 * HOUR }),
        params: { withinHours: 48 },
        says: 'was used in the last 48 hours\nCredentials used: password at ',
      },
    },
    unknowns: {
      'the report has no row for root': { given: { credentialReport: aReport() }, says: 'no row for the root user' },
      'the report does not show it': {
        given: root({ passwordLastUsed: 'unsupported' }),
        says: 'does not show when the root user was used',
      },
    },
  });
});
