import type { ResourceType } from '../../model/resource.ts';
import type { Subject } from '../../check.ts';
import type { AttachedPolicy, Identities } from '../../facts/identity.ts';

/** A user, group or role with the managed policies attached to it. */
export interface IdentitySubject extends Subject {
  readonly kind: 'user' | 'group' | 'role';
  readonly attachedPolicies: readonly AttachedPolicy[];
}

type Identity = Identities['groups'][number];

const subjectOf =
  (kind: IdentitySubject['kind'], type: ResourceType) =>
  ({ arn, name, id, attachedPolicies }: Identity): IdentitySubject => ({
    resource: { type, arn, name, id },
    kind,
    attachedPolicies,
  });

/** Every user, group and role of the account. */
export const everyIdentity = ({ users, groups, roles }: Identities): readonly IdentitySubject[] => [
  ...users.map(subjectOf('user', 'AwsIamUser')),
  ...groups.map(subjectOf('group', 'AwsIamGroup')),
  ...roles.map(subjectOf('role', 'AwsIamRole')),
];
