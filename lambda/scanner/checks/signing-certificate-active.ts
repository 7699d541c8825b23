import { defineCheck, fail, pass, unknown } from '../model/check.ts';
import { cli } from '../model/command.ts';
import { certificateHolders } from './subjects/certificate-holders.ts';
import { listed } from './subjects/wording.ts';

export default defineCheck({
  id: 'signing-certificate-active',
  title: 'No user has an active signing certificate',
  severity: 'MEDIUM',
  rationale:
    'An X.509 signing certificate signs requests like an access key, outlives passwords and keys, and is looked at by nobody. Only retired SOAP interfaces ever needed it.',
  standards: { 'ISO 27001:2022': 'A.5.17', NIS2: 'Art. 21(2)(i)' },
  needs: ['identities', 'credentialReport', 'signingCertificates'],
  select: certificateHolders,
  judge: ({ user, active, ids, unseen }) => {
    if (unseen !== undefined) return unknown(unseen);
    if (active === 0) return pass;
    const named = ids.length > 0 ? `: ${listed(ids)}` : '';
    return fail(`User ${user.name} has ${active} active signing certificate${active > 1 ? 's' : ''}${named}.`, {
      evidence: { active, certificates: ids },
    });
  },
  remediation: ({ user, ids }) => {
    const options = { 'user-name': user.name };
    const deactivate = ids.map((id) =>
      cli('iam update-signing-certificate', { ...options, 'certificate-id': id, status: 'Inactive' }),
    );
    const commands = deactivate.length > 0 ? deactivate : [cli('iam list-signing-certificates', options)];
    return `Deactivate it, and delete it when nothing has asked for it: ${commands.join(' && ')}`;
  },
});
