import { defineCheck } from '../check.ts';
import { allowingOn, statementsNaming } from '../check-support/policies/overbroad-access.ts';
import { narrowing } from '../check-support/remediation/policy-commands.ts';
import { judgeAttachment } from '../check-support/policies/judge-attachment.ts';
import { attachmentsWithAccess } from '../check-support/policies/policy-attachments.ts';
import { cloudShellTransfers } from '../check-support/data/sensitive-actions.ts';

export default defineCheck({
  id: 'cloudshell-full-access',
  title: 'IAM policies should not allow full access to AWS CloudShell',
  severity: 'MEDIUM',
  rationale:
    'With full access to AWS CloudShell, a user can copy data out of the account and tools into it through the browser, past the controls of the network.',
  standards: { 'NIST 800-53 r5': 'AC-6', 'ISO 27001:2022': 'A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: ['identities', 'access'],
  select: attachmentsWithAccess,
  judge: (attachment, _facts, context) =>
    judgeAttachment(attachment, context, (policy, scene) => {
      // A statement for every service is reported as that.
      const named = statementsNaming(policy, 'cloudshell');
      const found = cloudShellTransfers.map((action) => allowingOn(named, scene, action));
      if (found.some((statements) => statements.length === 0)) return undefined;
      return {
        says: 'allows full access to AWS CloudShell',
        statements: [...new Set(found.flat())],
        severity: 'MEDIUM',
        mayBeExempt: true,
      };
    }),
  remediation: (attachment, context) =>
    narrowing(
      attachment,
      context,
      'Leave out cloudshell:GetFileDownloadUrls and cloudshell:GetFileUploadUrls, which transfer files',
    ),
});
