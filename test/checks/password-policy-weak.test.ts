import check from '../../lambda/scanner/checks/password-policy-weak.ts';
import type { PasswordPolicy } from '../../lambda/scanner/model/facts/account.ts';
import { ACCOUNT } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

const strong: PasswordPolicy = {
  minimumLength: 14,
  requiresSymbols: true,
  requiresNumbers: true,
  requiresUppercase: true,
  requiresLowercase: true,
  reusePrevention: 24,
};
const policy = (some: Partial<PasswordPolicy>) => ({ passwordPolicy: { ...strong, ...some } });
const only = (text: string) => `The password policy of account ${ACCOUNT} is weak: ${text}.`;

describeCheck(check, {
  passes: {
    'what is asked for, and passwords that never expire': policy({}),
    'more than is asked for': policy({ minimumLength: 20, maxAgeDays: 400 }),
  },
  fails: {
    'no policy': {
      given: { passwordPolicy: undefined },
      says: `Account ${ACCOUNT} has no password policy`,
      on: ACCOUNT,
      severity: 'MEDIUM',
    },
    'thirteen characters': { given: policy({ minimumLength: 13 }), says: only('13 characters will do, not 14') },
    'twenty-three passwords remembered': {
      given: policy({ reusePrevention: 23 }),
      says: only('23 earlier passwords are refused, not 24'),
    },
    'no symbol': { given: policy({ requiresSymbols: false }), says: only('no symbol is required') },
    'no number': { given: policy({ requiresNumbers: false }), says: only('no number is required') },
    'no uppercase letter': { given: policy({ requiresUppercase: false }), says: only('no uppercase letter is required') },
    'no lowercase letter': { given: policy({ requiresLowercase: false }), says: only('no lowercase letter is required') },
    'every shortfall in one finding': {
      given: policy({ minimumLength: 8, reusePrevention: 0, requiresSymbols: false }),
      says: only('8 characters will do, not 14; 0 earlier passwords are refused, not 24; no symbol is required'),
    },
    'no expiry, where the configuration asks for one': {
      given: policy({}),
      params: { maxAgeDays: 90 },
      says: only('passwords never expire'),
    },
    'ninety days, where the configuration asks for ninety': {
      given: policy({ maxAgeDays: 90, minimumLength: 13 }),
      params: { maxAgeDays: 90 },
      says: only('13 characters will do, not 14'),
    },
    'a later expiry than the configuration asks for': {
      given: policy({ maxAgeDays: 91 }),
      params: { maxAgeDays: 90 },
      says: only('passwords expire after 91 days, not 90'),
    },
    'only length, where the configuration asks for nothing else': {
      given: policy({ minimumLength: 15, requiresSymbols: false, reusePrevention: 0 }),
      params: { minimumLength: 16, requireSymbols: false, reusePrevention: 0 },
      says: only('15 characters will do, not 16'),
    },
  },
});
