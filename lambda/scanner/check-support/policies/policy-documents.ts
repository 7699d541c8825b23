import type { Subject } from '../../check.ts';
import type { Identities } from '../../facts/identity.ts';
import type { Json } from '../../model/json.ts';
import { userResource } from '../credentials/users.ts';

/** One policy document of the account, and the resource that has it. */
export interface DocumentSubject extends Subject {
  readonly label: string;
  readonly document: Json;
}

/** Every policy document in effect: inline policies, trust policies, and the default version of each managed policy. */
export function policyDocuments({ users, groups, roles, policies }: Identities): readonly DocumentSubject[] {
  const identities = [
    ...users.map((user) => ({ resource: userResource(user), ...user })),
    ...groups.map((group) => ({
      resource: { type: 'AwsIamGroup', arn: group.arn, name: group.name, id: group.id } as const,
      ...group,
    })),
    ...roles.map((role) => ({ resource: { type: 'AwsIamRole', arn: role.arn, name: role.name, id: role.id } as const, ...role })),
  ];
  const inline = identities.flatMap(({ resource, inlinePolicies }) =>
    inlinePolicies.map(({ name, document }) =>
      subject(resource, `inline/${name}`, `The inline policy ${name} of ${resource.arn}`, document),
    ),
  );
  const trust = roles.map(({ arn, name, id, trustPolicy }) =>
    subject({ type: 'AwsIamRole', arn, name, id }, 'trust', `The trust policy of ${arn}`, trustPolicy),
  );
  const managed = policies.flatMap(({ arn, name, id, versions }) =>
    versions
      .filter(({ isDefault }) => isDefault)
      .map(({ document }) => subject({ type: 'AwsIamPolicy', arn, name, id }, 'default', `The policy ${arn}`, document)),
  );
  return [...inline, ...trust, ...managed];
}

const subject = (resource: Subject['resource'], part: string, label: string, document: Json): DocumentSubject => ({
  resource: { ...resource, id: `${resource.id}/${part}` },
  label,
  document,
});
