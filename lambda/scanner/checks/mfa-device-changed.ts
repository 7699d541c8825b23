import { defineCheck } from '../check.ts';
import { changeParams, changeSubjects, findWho, judgeChange } from '../check-support/drift/changes.ts';
import { isOfAdminOrBreakGlass } from '../model/change.ts';

export default defineCheck({
  id: 'mfa-device-changed',
  title: 'Changed MFA devices of administrators and break-glass users should be verified',
  severity: 'HIGH',
  rationale:
    'Attackers who have a password remove the MFA device of the user, or replace it with their own. The owner cannot sign in any more, or notices nothing.',
  standards: { 'ISO 27001:2022': 'A.5.17, A.8.16', NIS2: 'Art. 21(2)(j)' },
  needs: ['identities', 'access', 'credentialReport', 'virtualMfaDevices', 'mfaDevices', 'accountSummary', 'drift'],
  params: changeParams,
  select: ({ drift }, context) =>
    changeSubjects(drift, context, {
      kinds: ['mfa-device-removed', 'mfa-device-replaced'],
      parts: ['mfa-devices'],
      isInScope: isOfAdminOrBreakGlass,
    }),
  judge: judgeChange,
  remediation: (subject, context) =>
    `Ask the owner. ${findWho(subject, context, 'DeactivateMFADevice')} If the owner did not do it, set a new password, deactivate the new device, and end the sessions of the user.`,
});
