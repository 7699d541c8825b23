import { type CheckContext, defineCheck } from '../check.ts';
import { type ChangeSubject, changeParams, changeSubjects, findWho, judgeChange } from '../check-support/drift/changes.ts';
import { cli } from '../model/command.ts';

export default defineCheck({
  id: 'access-key-replaced',
  title: 'Replaced access keys should be verified',
  severity: 'MEDIUM',
  raisedForAdmins: true,
  rationale:
    'A key that goes while another one comes is a rotation, or an attacker who removes the key that others know. Only the owner of the user can tell which.',
  standards: { 'ISO 27001:2022': 'A.5.17, A.8.16', NIS2: 'Art. 21(2)(b)' },
  needs: ['identities', 'access', 'credentialReport', 'accessKeys', 'drift'],
  params: changeParams,
  select: ({ drift }, context) => changeSubjects(drift, context, { kinds: ['access-key-replaced'], parts: ['access-keys'] }),
  judge: judgeChange,
  remediation: stepFor,
});

function stepFor(subject: ChangeSubject, context: Pick<CheckContext, 'partition'>): string {
  const { principalArn = '', resource } = subject;
  const named = { 'user-name': principalArn.slice(principalArn.lastIndexOf('/') + 1), 'access-key-id': resource.name };
  return `Ask the owner of the user whether it rotated the key. ${findWho(subject, context, 'CreateAccessKey')} If it did not, deactivate the key: ${cli('iam update-access-key', { ...named, status: 'Inactive' })}`;
}
