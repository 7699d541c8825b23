import { type CheckContext, defineCheck } from '../check.ts';
import { type ChangeSubject, changeParams, changeSubjects, findWho, judgeChange } from '../check-support/drift/changes.ts';
import { cli } from '../model/command.ts';
import { type ChangeKind, isOfAdminOrBreakGlass } from '../model/change.ts';

export default defineCheck({
  id: 'new-credential-on-admin',
  title: 'New credentials of administrators and break-glass users should be verified',
  severity: 'HIGH',
  rationale:
    'The holder of a new credential of an administrator is administrator. Attackers create one to keep their access after the stolen credential is revoked. The credentials of a break-glass user stay as they are until it is used.',
  standards: { 'ISO 27001:2022': 'A.5.17, A.8.16', NIS2: 'Art. 21(2)(b)' },
  needs: ['identities', 'access', 'credentialReport', 'accessKeys', 'serviceCredentials', 'drift'],
  params: changeParams,
  select: ({ drift }, context) =>
    changeSubjects(drift, context, {
      kinds: [...events.keys(), 'root-credential-added'],
      parts: ['access-keys', 'passwords', 'service-credentials', 'root'],
      isInScope: isOfAdminOrBreakGlass,
    }),
  judge: judgeChange,
  remediation: stepFor,
});

/** The call that creates each credential. */
const events = new Map<ChangeKind, string>([
  ['access-key-added', 'CreateAccessKey'],
  ['password-added', 'CreateLoginProfile'],
  ['password-changed', 'UpdateLoginProfile'],
  ['service-credential-added', 'CreateServiceSpecificCredential'],
  ['mfa-device-added', 'EnableMFADevice'],
]);

function stepFor(subject: ChangeSubject, context: Pick<CheckContext, 'partition'>): string {
  const { change, resource } = subject;
  const event = change === undefined ? undefined : events.get(change.kind);
  if (change === undefined || event === undefined)
    return `${findWho(subject, context, 'ConsoleLogin')} If it was not requested, change the password of root and delete the credential.`;
  const user = { 'user-name': change.principalArn?.slice(change.principalArn.lastIndexOf('/') + 1) ?? resource.name };
  const undo: Partial<Record<ChangeKind, string>> = {
    'access-key-added': cli('iam update-access-key', { ...user, 'access-key-id': resource.name, status: 'Inactive' }),
    'password-added': cli('iam delete-login-profile', user),
    'password-changed': cli('iam delete-login-profile', user),
  };
  const command = undo[change.kind];
  return `${findWho(subject, context, event)} If the owner of the user did not request it, ${command === undefined ? 'delete the credential' : `end it: ${command}`}. Treat the credential that created it as stolen.`;
}
