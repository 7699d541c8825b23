import check from '../../lambda/scanner/checks/password-policy-weak.ts';
import type { PasswordPolicy } from '../../lambda/scanner/facts/password-policy.ts';
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
const only = (text: string) => `Account ${ACCOUNT} has a weak IAM password policy\nShortfalls: ${text}.`;

describeCheck(check, {
  passes: {
    'what is required, and passwords that never expire': policy({}),
    'more than is required': policy({ minimumLength: 20, maxAgeDays: 400 }),
  },
  fails: {
    'no policy': {
      given: { passwordPolicy: undefined },
      says: `Account ${ACCOUNT} has no IAM password policy\nThe AWS default applies: passwords need only eight characters`,
      on: ACCOUNT,
      severity: 'MEDIUM',
    },
    'thirteen characters': { given: policy({ minimumLength: 13 }), says: only('the minimum length is 13 instead of 14') },
    'twenty-three passwords remembered': {
      given: policy({ reusePrevention: 23 }),
      says: only('reuse prevention covers 23 passwords instead of 24'),
    },
    'no symbol': { given: policy({ requiresSymbols: false }), says: only('no symbol is required') },
    'no number': { given: policy({ requiresNumbers: false }), says: only('no number is required') },
    'no uppercase letter': { given: policy({ requiresUppercase: false }), says: only('no uppercase letter is required') },
    'no lowercase letter': { given: policy({ requiresLowercase: false }), says: only('no lowercase letter is required') },
    'every shortfall in one finding': {
      given: policy({ minimumLength: 8, reusePrevention: 0, requiresSymbols: false }),
      says: only(
        'the minimum length is 8 instead of 14; reuse prevention covers 0 passwords instead of 24; no symbol is required',
      ),
    },
    'no expiry, if the configuration requires one': {
      given: policy({}),
      params: { maxAgeDays: 90 },
      says: only('passwords never expire'),
    },
    'ninety days, if the configuration requires ninety': {
      given: policy({ maxAgeDays: 90, minimumLength: 13 }),
      params: { maxAgeDays: 90 },
      says: only('the minimum length is 13 instead of 14'),
    },
    'a later expiry than the configuration requires': {
      given: policy({ maxAgeDays: 91 }),
      params: { maxAgeDays: 90 },
      says: only('passwords expire after 91 days instead of 90'),
    },
    'only length, if the configuration requires nothing else': {
      given: policy({ minimumLength: 15, requiresSymbols: false, reusePrevention: 0 }),
      params: { minimumLength: 16, requireSymbols: false, reusePrevention: 0 },
      says: only('the minimum length is 15 instead of 16'),
    },
  },
});
