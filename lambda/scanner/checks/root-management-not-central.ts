import { accountSubject } from '../model/account-subject.ts';
import { type CheckContext, defineCheck, fail, pass } from '../check.ts';
import { cli } from '../model/command.ts';
import type { Facts } from '../facts/snapshot.ts';

/**
 * The enabled features. The management account may always list them. If it gets no list, IAM has no trusted access in the
 * organization, so no feature can be enabled. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOrganizationsFeatures.html
 */
const featuresThatAreOn = (
  { rootFeatures, organization }: Pick<Facts, 'rootFeatures' | 'organization'>,
  { accountId }: Pick<CheckContext, 'accountId'>,
) => rootFeatures ?? (organization?.managementAccountId === accountId ? [] : undefined);

export default defineCheck({
  id: 'root-management-not-central',
  title: 'Centralized root access management should be enabled',
  severity: 'HIGH',
  rationale:
    'Without it, every member account has a root user with its own password, MFA device and recovery email to protect. With it, member accounts need no root credentials, and new accounts are created without them.',
  standards: { 'ISO 27001:2022': 'A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: ['rootFeatures', 'organization'],
  select: (facts, context) =>
    facts.organization && featuresThatAreOn(facts, context) !== undefined ? [accountSubject(context)] : [],
  judge: (_account, facts, context) =>
    featuresThatAreOn(facts, context)?.includes('RootCredentialsManagement')
      ? pass
      : fail(
          `Organization ${facts.organization?.id ?? ''} (account ${context.accountId}) does not manage member root credentials centrally`,
        ),
  remediation: `Enable it in the management account: ${cli('organizations enable-aws-service-access', { 'service-principal': 'iam.amazonaws.com' })}, then ${cli('iam enable-organizations-root-credentials-management')}. Existing root credentials stay until you delete them, so nothing stops working.`,
});
