import { accountSubject } from '../model/account-subject.ts';
import { type Subject, defineCheck, fail, pass } from '../check.ts';
import type { AccountCoverage } from '../facts/coverage.ts';

interface ListedAccount extends Subject, AccountCoverage {}

export default defineCheck({
  id: 'account-not-scanned',
  title: 'Every account of the Organization is scanned',
  severity: 'HIGH',
  rationale:
    'An account that nobody looks at is where an intruder stays, and from where the others are reached. Silence about it is no clean bill.',
  standards: {},
  needs: ['coverage'],
  // One account speaks for the Organization: the others have nothing to say here.
  select: ({ coverage }) =>
    coverage.accounts.map((account): ListedAccount => ({ ...account, ...accountSubject({ accountId: account.id }) })),
  judge: ({ id, name, isScanned, reason }) =>
    isScanned
      ? pass
      : fail(
          `Account ${id}${name === undefined ? '' : ` (${name})`} of the Organization was not scanned${reason === undefined ? '' : `: ${reason}`}.`,
        ),
  remediation: ({ id }) =>
    `Scan it with credentials of the account, and keep the snapshot beside the others: iam-vigil collect --profile PROFILE --output ${id}.json. If it is no longer in use, close it, and the finding goes.`,
});
