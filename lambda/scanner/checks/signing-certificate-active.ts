import { defineCheck, fail, pass, unknown } from '../check.ts';
import { cli } from '../model/command.ts';
import { certificateHolders } from '../check-support/credentials/signing-certificates.ts';
import { joinList } from '../check-support/wording/wording.ts';

export default defineCheck({
  id: 'signing-certificate-active',
  title: 'IAM users should not have active signing certificates',
  severity: 'MEDIUM',
  rationale:
    'An X.509 signing certificate signs requests like an access key. It stays when passwords and access keys are removed, and few teams look for it. Only retired SOAP APIs needed it.',
  standards: { 'ISO 27001:2022': 'A.5.17', NIS2: 'Art. 21(2)(i)' },
  needs: ['identities', 'credentialReport', 'signingCertificates'],
  select: certificateHolders,
  judge: ({ user, active, ids, unseen }) => {
    if (unseen !== undefined) return unknown(unseen);
    if (active === 0) return pass;
    return fail(`IAM user ${user.name} has ${active} active signing certificate${active > 1 ? 's' : ''}`, {
      ...(ids.length > 0 ? { message: `Active signing certificates: ${joinList(ids)}.` } : {}),
      evidence: { active, certificates: ids },
    });
  },
  remediation: ({ user, ids }) => {
    const options = { 'user-name': user.name };
    const deactivate = ids.map((id) =>
      cli('iam update-signing-certificate', { ...options, 'certificate-id': id, status: 'Inactive' }),
    );
    const commands = deactivate.length > 0 ? deactivate : [cli('iam list-signing-certificates', options)];
    return `Deactivate the certificate, and delete it later if nothing breaks: ${commands.join(' && ')}`;
  },
});
