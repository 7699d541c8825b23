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
      'a key that is gone, though the report of hours ago still has it': { credentialReport: staleKey },
    },
    fails: {
      'a key, though the report of hours ago has none': {
        given: { accountSummary: { ...accountSummary, rootHasAccessKey: true } },
        says: `Root of account ${ACCOUNT} has an access key.`,
        on: 'root',
        severity: 'CRITICAL',
      },
    },
  });
});
