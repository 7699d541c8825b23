import check from '../../lambda/scanner/checks/account-not-scanned.ts';
import type { AccountCoverage } from '../../lambda/scanner/facts/coverage.ts';
import { describeCheck } from '../support/check-tester.ts';

const accounts = (...listed: readonly AccountCoverage[]) => ({ listedAccounts: listed });
const scanned = { id: '111122223333', name: 'Acme', isScanned: true };

describeCheck(check, {
  passes: { 'an account that was scanned': accounts(scanned) },
  fails: {
    'an account that was not scanned': {
      given: accounts(scanned, { id: '222233334444', name: 'Sandbox', isScanned: false }),
      says: /^Account 222233334444 \(Sandbox\) was not scanned\n(?!Reason)/,
      on: '222233334444',
      severity: 'HIGH',
    },
    'an account whose role could not be assumed, with the reason': {
      given: accounts({ id: '222233334444', isScanned: false, reason: 'access to sts:AssumeRole was denied' }),
      says: 'was not scanned\nReason: access to sts:AssumeRole was denied.',
    },
    'an account without a name': {
      given: accounts({ id: '222233334444', isScanned: false }),
      says: /^Account 222233334444 was not scanned$/m,
    },
  },
  ignores: { 'an account whose organization was not listed': accounts() },
});
