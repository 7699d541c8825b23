import type { CheckContext, Subject } from '../../check.ts';
import type { Identities, User } from '../../facts/identity.ts';
import { missingParts } from '../../facts/missing-parts.ts';
import { accountSubject } from '../../model/account-subject.ts';
import type { Json } from '../../model/json.ts';
import type { Resource } from '../../model/resource.ts';
import { userResource } from '../credentials/users.ts';

/** One policy document of the account, and the resource that has it. */
export interface DocumentSubject extends Subject {
  readonly label: string;
  readonly document: Json;
}

/** A part of the answer of AWS that could not be read, and the resource that has it. */
export interface UnreadSubject extends Subject {
  readonly label: string;
  readonly document?: undefined;
  /** Why it is not there, if the identity names it. */
  readonly missing?: string;
}

/** What could not be read at all: elements of the four lists, and parts of a user, group, role or policy. */
export function unreadParts(identities: Identities, account: Pick<CheckContext, 'accountId'>): readonly UnreadSubject[] {
  const { users, groups, roles, policies, unread = [] } = identities;
  const { resource } = accountSubject(account);
  const lost = unread.map((label): UnreadSubject => ({ resource: { ...resource, id: label }, label }));
  const parts = (holders: readonly Holder[], type: Resource['type']) =>
    holders.flatMap(({ arn, name, id, unreadPolicies = [], unreadParts: others = [] }) =>
      [...unreadPolicies, ...others].map((part): UnreadSubject => ({
        resource: { type, arn, name, id: `${id}/${part}` },
        label: `${part} of ${arn}`,
      })),
    );
  return [
    ...lost,
    ...parts(users, 'AwsIamUser'),
    ...parts(groups, 'AwsIamGroup'),
    ...parts(roles, 'AwsIamRole'),
    ...parts(policies, 'AwsIamPolicy'),
    ...missingParts(identities).map(({ holder: { arn, name, id }, type, part, reason }): UnreadSubject => ({
      resource: { type, arn, name, id: `${id}/${part}` },
      label: `${part} of ${arn}`,
      missing: reason ?? 'it is not in the answer of AWS',
    })),
  ];
}

type Holder = Pick<User, 'arn' | 'name' | 'id' | 'unreadPolicies' | 'unreadParts'>;

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
