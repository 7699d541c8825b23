import { accountSubject } from '../model/account-subject.ts';
import { defineCheck, fail, pass, unknown } from '../check.ts';
import type { PermissionLimit } from '../iam/principal.ts';
import { policiesInForce } from '../check-support/policies/policies-in-force.ts';
import type { Statement } from '../policy/policy.ts';
import { compileGlob } from '../policy/glob.ts';

/** The condition keys that show the kind of device at enrollment. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html */
const tellsTheKind = /iam:(registersecuritykey|fido-(fips-140-[23]-)?certification)/i;

const guardsEnrolment = ({ action: { negated, patterns }, conditions }: Statement): boolean =>
  patterns.some((pattern) => compileGlob(pattern, { ignoreCase: true }).matches('iam:EnableMFADevice')) !== negated &&
  conditions.some(({ key }) => tellsTheKind.test(key));

export default defineCheck({
  id: 'mfa-enrolment-unguarded',
  title: 'MFA device enrollment should be restricted to certified security keys',
  severity: 'LOW',
  rationale:
    'Without such a policy, every user decides which MFA device to enroll, and can replace a security key with an app on a phone. A policy in the account or a service control policy (SCP) can set the restriction.',
  standards: { 'NIST 800-53 r5': 'IA-2(6), IA-5', 'ISO 27001:2022': 'A.8.5', NIS2: 'Art. 21(2)(j)' },
  needs: ['identities', 'access'],
  select: ({ identities }, context) => (identities.users.length > 0 ? [accountSubject(context)] : []),
  judge: (_account, { identities }, { accountId, account }) => {
    if (policiesInForce(identities, tellsTheKind).some(guardsEnrolment)) return pass;
    const scps = [...new Set(account().principals.flatMap(({ kind, scpLimits }) => (kind === 'user' ? scpLimits : [])))];
    const isGuarding = ({ policies }: PermissionLimit) =>
      policies !== 'unreadable' && policies.some(({ policy }) => policy.statements.some(({ source }) => guardsEnrolment(source)));
    if (scps.some(isGuarding)) return pass;
    const unread = scps.find(({ policies }) => policies === 'unreadable');
    if (unread) return unknown(`the SCPs ${unread.name} cannot be read`);
    return fail(`Account ${accountId} has no policy that requires certified security keys at MFA enrollment`, {
      message:
        'The policies in the account set no such restriction. SCPs are read only in a scan of the organization, and none of those read sets it.',
    });
  },
  remediation:
    'Deny iam:EnableMFADevice if iam:RegisterSecurityKey is Activate, unless iam:FIDO-certification is L1, L1plus, L2, L2plus, L3 or L3plus. Also deny iam:CreateVirtualMFADevice. Use a service control policy (SCP) to cover all accounts at once.',
});
