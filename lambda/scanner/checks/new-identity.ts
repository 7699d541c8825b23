import { type CheckContext, defineCheck } from '../check.ts';
import { type ChangeSubject, changeParams, changeSubjects, findWho, judgeChange } from '../check-support/drift/changes.ts';
import { type ChangeKind, isOfAdminOrBreakGlass } from '../model/change.ts';

/** The call that creates each of them. */
const events = {
  'access-key-added': 'CreateAccessKey',
  'identity-added': 'CreateUser',
  'password-added': 'CreateLoginProfile',
  'service-credential-added': 'CreateServiceSpecificCredential',
} as const satisfies Partial<Record<ChangeKind, string>>;

// The keys of the table are exactly those of its type.
const kinds = Object.keys(events) as readonly (keyof typeof events)[];

export default defineCheck({
  id: 'new-identity',
  title: 'New users, credentials and roles for outsiders should be verified',
  severity: 'MEDIUM',
  rationale:
    'A new user, a credential on an existing user, or a role for an outside account or identity provider stays after the stolen credential is revoked.',
  standards: { 'ISO 27001:2022': 'A.5.16, A.8.16', NIS2: 'Art. 21(2)(b)' },
  needs: ['identities', 'access', 'credentialReport', 'accessKeys', 'serviceCredentials', 'drift'],
  params: changeParams,
  select: ({ drift }, context) =>
    changeSubjects(drift, context, {
      kinds,
      parts: ['identities', 'access-keys', 'passwords', 'service-credentials'],
      // new-credential-on-admin and new-admin report the others.
      isInScope: (change) => !isOfAdminOrBreakGlass(change),
    }),
  judge: judgeChange,
  remediation: stepFor,
});

function stepFor(subject: ChangeSubject, context: Pick<CheckContext, 'partition'>): string {
  const kind = kinds.find((known) => known === subject.change?.kind);
  const event = kind === undefined || subject.resource.type === 'AwsIamRole' ? 'CreateRole' : events[kind];
  return `${findWho(subject, context, event)} If it was not requested, delete it, and treat the credential that created it as stolen.`;
}
