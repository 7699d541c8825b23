import { accountSubject } from '../model/account-subject.ts';
import { type Subject, defineCheck, fail, pass } from '../check.ts';
import type { AccountCoverage } from '../facts/coverage.ts';

interface ListedAccount extends Subject, AccountCoverage {}

export default defineCheck({
  id: 'account-not-scanned',
  title: 'All accounts in the organization should be scanned',
  severity: 'HIGH',
  rationale:
    'Nothing is known about an account that was not scanned. An attacker can stay in it unnoticed and reach the other accounts from it.',
  standards: {},
  needs: ['listedAccounts'],
  // Only the account that reports for the organization lists accounts.
  select: ({ listedAccounts }) =>
    listedAccounts.map((account): ListedAccount => ({ ...account, ...accountSubject({ accountId: account.id }) })),
  judge: ({ id, name, isScanned, reason }) =>
    isScanned
      ? pass
      : fail(
          `Account ${id}${name === undefined ? '' : ` (${name})`} was not scanned`,
          reason === undefined ? {} : { message: `Reason: ${reason}.` },
        ),
  remediation: ({ id }) =>
    `Check that the member role (iam-vigil-member by default) exists in the account, and that its trust policy allows the account that runs the scan. If the account is no longer used, close it in the AWS Organizations console. To scan it with its own credentials, run iam-vigil collect --profile PROFILE --output ${id}.json, and keep the file with the other snapshots.`,
});
