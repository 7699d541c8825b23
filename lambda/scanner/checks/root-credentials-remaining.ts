import { rootSubject } from '../model/account-subject.ts';
import { defineCheck, fail, pass, unknown } from '../model/check.ts';
import { assumeRootToDeleteCredentials } from './subjects/root-task.ts';
import { rootCredentials, rootFacts } from './subjects/root.ts';
import { listed } from './subjects/wording.ts';

export default defineCheck({
  id: 'root-credentials-remaining',
  title: 'Root of a member account has no credentials where root access is managed centrally',
  severity: 'HIGH',
  rationale:
    'Turning central root access on does not delete the passwords and keys that the roots of member accounts already have. Each still opens its account, past every service control policy that names principals.',
  standards: {
    'CIS AWS 7.0': '2.1.1',
    'ISO 27001:2022': 'A.8.2',
    NIS2: 'Art. 21(2)(i)',
  },
  needs: [...rootFacts, 'rootFeatures', 'organization'],
  // The management account keeps its root: central access reaches member accounts only.
  select: ({ rootFeatures, organization }, context) =>
    (rootFeatures ?? context.own.rootFeatures)?.includes('RootCredentialsManagement') &&
    organization &&
    organization.managementAccountId !== context.accountId
      ? [rootSubject(context)]
      : [],
  judge: (_root, facts, { accountId }) => {
    const { password, accessKey, signingCertificate } = rootCredentials(facts);
    const remaining = [
      ...(password === true ? ['a password'] : []),
      ...(accessKey ? ['an access key'] : []),
      ...(signingCertificate ? ['a signing certificate'] : []),
    ];
    if (remaining.length > 0)
      return fail(`Root of account ${accountId} still has ${listed(remaining)}, though root access is managed centrally.`, {
        evidence: { remaining },
      });
    return password === 'unknown' ? unknown('AWS does not tell whether root has a password') : pass;
  },
  remediation: (_root, context) =>
    `Look for what still uses root, then delete its credentials from the management account, in the session that this opens: ${assumeRootToDeleteCredentials(context)}`,
});
