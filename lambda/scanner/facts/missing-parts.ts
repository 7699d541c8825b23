import type { Group, Identities, ManagedPolicy } from './identity.ts';

type Holder = Group & { readonly boundaryArn?: string };

/** A group or a policy that an identity has and that the answer of AWS does not contain. */
export interface MissingPart {
  readonly holder: Holder;
  readonly type: 'AwsIamUser' | 'AwsIamGroup' | 'AwsIamRole';
  readonly part: string;
}

const hasDefaultVersion = ({ versions }: ManagedPolicy): boolean => versions.some(({ isDefault }) => isDefault);

/**
 * What identities name and the answer does not contain: groups of users, and the default versions of attached policies and of
 * permissions boundaries. A partial answer, such as one with `--filter`, leaves them out. What only a service can do, with its
 * service-linked role, leads no principal to admin.
 */
export function missingParts({ users, groups, roles, policies }: Identities): readonly MissingPart[] {
  const groupNames = new Set(groups.map(({ name }) => name));
  const known = new Set(policies.filter(hasDefaultVersion).map(({ arn }) => arn));
  const ownRoles = roles.filter(({ path }) => !path.startsWith('/aws-service-role/'));
  const documents = ({ attachedPolicies, boundaryArn }: Holder): readonly string[] => [
    ...attachedPolicies.filter(({ arn }) => !known.has(arn)).map(({ arn }) => `the document of ${arn}`),
    ...(boundaryArn === undefined || known.has(boundaryArn) ? [] : [`the permissions boundary ${boundaryArn}`]),
  ];
  const of = <H extends Holder>(holders: readonly H[], type: MissingPart['type'], parts: (holder: H) => readonly string[]) =>
    holders.flatMap((holder) => parts(holder).map((part): MissingPart => ({ holder, type, part })));
  return [
    ...of(users, 'AwsIamUser', ({ groups: names }) =>
      names.filter((name) => !groupNames.has(name)).map((name) => `the group ${name}`),
    ),
    ...of(users, 'AwsIamUser', documents),
    ...of(groups, 'AwsIamGroup', documents),
    ...of(ownRoles, 'AwsIamRole', documents),
  ];
}
