import { rootSubject } from '../model/account-subject.ts';
import { type CheckContext, defineCheck, fail, pass, unknown } from '../check.ts';
import { assumeRootToDeleteCredentials } from '../check-support/remediation/root-task.ts';
import { rootCredentials, rootFacts, rootWithCredentials } from '../check-support/credentials/root.ts';
import { joinList } from '../check-support/wording/wording.ts';
import type { Facts } from '../facts/snapshot.ts';

/** Centralized root access covers member accounts only, so the management account keeps its root credentials. */
const isMember = ({ organization }: Pick<Facts, 'organization'>, { accountId }: Pick<CheckContext, 'accountId'>): boolean =>
  organization !== undefined && organization.managementAccountId !== accountId;

/** The enabled features; undefined: none of the accounts that were read may list them. */
const featuresOf = ({ rootFeatures }: Pick<Facts, 'rootFeatures'>, { own }: Pick<CheckContext, 'own'>) =>
  rootFeatures ?? own.rootFeatures;

export default defineCheck({
  id: 'root-credentials-remaining',
  title: 'Member account root credentials should be deleted when root access is centralized',
  severity: 'HIGH',
  rationale:
    'Enabling centralized root access does not delete the root passwords and access keys that member accounts already have. Each of them still gives root access to its account.',
  standards: {
    'ISO 27001:2022': 'A.8.2',
    NIS2: 'Art. 21(2)(i)',
  },
  needs: [...rootFacts, 'rootFeatures', 'organization'],
  select: (facts, context) =>
    featuresOf(facts, context)?.includes('RootCredentialsManagement') && isMember(facts, context) ? [rootSubject(context)] : [],
  hiddenElsewhere: (facts, context) =>
    featuresOf(facts, context) === undefined && isMember(facts, context) && rootWithCredentials(facts, context).length > 0
      ? { fact: 'rootFeatures', reason: 'the account may not list the features of centralized root access' }
      : undefined,
  judge: (_root, facts, { accountId }) => {
    const { password, accessKey, signingCertificate } = rootCredentials(facts);
    const remaining = [
      ...(password === true ? ['a password'] : []),
      ...(accessKey ? ['an access key'] : []),
      ...(signingCertificate === true ? ['a signing certificate'] : []),
    ];
    if (remaining.length > 0)
      return fail(`Root user of account ${accountId} still has ${joinList(remaining)}`, {
        message: 'The organization manages root access centrally, so this member account needs no root credentials.',
        evidence: { remaining },
      });
    const unseen = [
      ...(password === 'unknown' ? ['a password'] : []),
      ...(signingCertificate === 'unknown' ? ['a signing certificate'] : []),
    ];
    return unseen.length > 0 ? unknown(`AWS does not show whether the root user has ${joinList(unseen)}`) : pass;
  },
  remediation: (_root, context) =>
    `Find out what still uses the root user. Then open a root session from the management account, and delete the credentials in it (aws iam delete-login-profile; aws iam delete-access-key --access-key-id KEY_ID; aws iam delete-signing-certificate --certificate-id CERTIFICATE_ID): ${assumeRootToDeleteCredentials(context)}`,
});
