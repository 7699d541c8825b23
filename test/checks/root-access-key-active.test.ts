import check from '../../lambda/scanner/checks/root-access-key-active.ts';
import { ACCOUNT, aReport, aReportedKey, emptyAccount, partitions, rootRow } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

const { accountSummary } = emptyAccount;
const staleKey = aReport(rootRow({ keys: [aReportedKey(), aReportedKey({ active: false, lastRotated: 'never' })] }));

describe.each(partitions)('in partition %s', (partition) => {
  describeCheck(check, {
    partition,
    passes: {
      'root without a key': {},
      'a deleted key that the older report still lists': { credentialReport: staleKey },
    },
    fails: {
      'a key that the older report does not list': {
        given: { accountSummary: { ...accountSummary, rootHasAccessKey: true } },
        says: `Root user of account ${ACCOUNT} has an access key\nA root user access key has full access `,
        on: 'root',
        severity: 'CRITICAL',
      },
    },
  });
});
