import { type CheckContext, defineCheck } from '../check.ts';
import { type ChangeSubject, changeParams, changeSubjects, findWho, judgeChange } from '../check-support/drift/changes.ts';
import { cli } from '../model/command.ts';
import type { ChangeKind } from '../model/change.ts';

/** The call that makes each change. */
const events = {
  'boundary-removed': 'DeleteRolePermissionsBoundary',
  'boundary-widened': 'CreatePolicyVersion',
  'denial-dropped': 'PutRolePolicy',
  'guardrail-weakened': 'DetachPolicy',
  'policy-rolled-back': 'SetDefaultPolicyVersion',
} as const satisfies Partial<Record<ChangeKind, string>>;

// The keys of the table are exactly those of its type.
const kinds = Object.keys(events) as readonly (keyof typeof events)[];

export default defineCheck({
  id: 'guardrail-weakened',
  title: 'Weakened permissions boundaries, Deny statements and organization policies should be verified',
  severity: 'HIGH',
  rationale:
    'Permissions boundaries, Deny statements, SCPs and RCPs limit what an attacker can do with a stolen credential. A removed limit allows at once what it forbade.',
  standards: { 'NIST 800-53 r5': 'CM-3, CM-5', 'ISO 27001:2022': 'A.5.15, A.8.16', NIS2: 'Art. 21(2)(b)' },
  needs: ['identities', 'access', 'drift'],
  params: changeParams,
  select: ({ drift }, context) =>
    changeSubjects(drift, context, { kinds, parts: ['permissions', 'policies', 'organization-policies'] }),
  judge: judgeChange,
  remediation: stepFor,
});

function stepFor(subject: ChangeSubject, context: Pick<CheckContext, 'partition'>): string {
  const { change, resource } = subject;
  if (change === undefined) return 'Keep the snapshots complete, so that the next one can be compared.';
  const kind = kinds.find((known) => known === change.kind);
  const isUser = resource.type === 'AwsIamUser';
  const call = change.evidence['call'];
  const event = typeof call === 'string' ? call : kind === undefined ? 'PutRolePolicy' : events[kind];
  const who = findWho(subject, context, isUser ? event.replace('Role', 'User') : event);
  return `${who} If the change was not requested, ${undoing(subject)}.`;
}

function undoing({ change, resource }: ChangeSubject): string {
  const before = change?.evidence['before'];
  if (change?.kind === 'policy-rolled-back' && typeof before === 'string')
    return `restore the version: ${cli('iam set-default-policy-version', { 'policy-arn': resource.arn, 'version-id': before })}`;
  if (change?.kind === 'boundary-removed' && typeof before === 'string') {
    const command =
      resource.type === 'AwsIamUser'
        ? cli('iam put-user-permissions-boundary', { 'user-name': resource.name, 'permissions-boundary': before })
        : cli('iam put-role-permissions-boundary', { 'role-name': resource.name, 'permissions-boundary': before });
    return `set the boundary again: ${command}`;
  }
  return 'restore what was changed, and treat the credential that changed it as stolen';
}
