import { accountSubject } from '../model/account-subject.ts';
import { type CheckContext, defineCheck, fail, pass } from '../model/check.ts';
import { cli } from '../model/command.ts';
import type { Facts } from '../model/snapshot.ts';

/**
 * The features that are on. The management account may always ask, so where it gets no list, IAM has no trusted access in its
 * Organization and no feature can be on. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOrganizationsFeatures.html
 */
const featuresThatAreOn = (
  { rootFeatures, organization }: Pick<Facts, 'rootFeatures' | 'organization'>,
  { accountId }: Pick<CheckContext, 'accountId'>,
) => rootFeatures ?? (organization?.managementAccountId === accountId ? [] : undefined);

export default defineCheck({
  id: 'root-management-not-central',
  title: 'The Organization manages the root credentials of its member accounts centrally',
  severity: 'HIGH',
  rationale:
    'Without it every member account has a root with a password of its own, to guard, to give MFA and to recover by mail. With it they need none, and new accounts are made without.',
  standards: { 'CIS AWS 7.0': '2.1.1', 'ISO 27001:2022': 'A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: ['rootFeatures', 'organization'],
  select: (facts, context) =>
    facts.organization && featuresThatAreOn(facts, context) !== undefined ? [accountSubject(context)] : [],
  judge: (_account, facts, context) =>
    featuresThatAreOn(facts, context)?.includes('RootCredentialsManagement')
      ? pass
      : fail(
          `Organization ${facts.organization?.id ?? ''} does not manage the root credentials of its member accounts centrally.`,
        ),
  remediation: `In the management account: ${cli('organizations enable-aws-service-access', { 'service-principal': 'iam.amazonaws.com' })}, then ${cli('iam enable-organizations-root-credentials-management')}. Nothing stops working: credentials that exist stay until they are deleted.`,
});
