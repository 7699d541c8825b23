import { accountSubject } from '../model/account-subject.ts';
import { defineCheck, fail, pass } from '../model/check.ts';
import { policiesInForce } from './subjects/policies-in-force.ts';
import type { Statement } from '../policy/policy.ts';
import { compileGlob } from '../policy/glob.ts';

/** Tells what kind of device is being enrolled. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html */
const tellsTheKind = /iam:(registersecuritykey|fido-(fips-140-[23]-)?certification)/i;

const guardsEnrolment = ({ action: { negated, patterns }, conditions }: Statement): boolean =>
  patterns.some((pattern) => compileGlob(pattern, { ignoreCase: true }).matches('iam:EnableMFADevice')) !== negated &&
  conditions.some(({ key }) => tellsTheKind.test(key));

export default defineCheck({
  id: 'mfa-enrolment-unguarded',
  title: 'Only certified MFA devices can be enrolled',
  severity: 'LOW',
  rationale:
    'Without a rule at enrolment every user decides what guards it, and a hardware key is replaced by an app on a phone when it is in the way. Only policies inside the account are looked at: a service control policy may ask for it all the same.',
  standards: { 'NIST 800-53 r5': 'IA-2(6), IA-5', 'ISO 27001:2022': 'A.8.5', NIS2: 'Art. 21(2)(j)' },
  needs: ['identities'],
  select: ({ identities }, context) => (identities.users.length > 0 ? [accountSubject(context)] : []),
  judge: (_account, { identities }, { accountId }) =>
    policiesInForce(identities, tellsTheKind).some(guardsEnrolment)
      ? pass
      : fail(
          `No policy in account ${accountId} asks for a certified security key when a user enrols an MFA device (service control policies were not looked at).`,
        ),
  remediation:
    'Deny iam:EnableMFADevice for all users where iam:RegisterSecurityKey equals Activate and iam:FIDO-certification is none of L1, L1plus, L2, L2plus, L3 and L3plus, and deny iam:CreateVirtualMFADevice; best in a service control policy, for all accounts at once.',
});
