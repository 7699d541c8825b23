import type { Group, Identities, ManagedPolicy } from './identity.ts';
import type { Unavailable } from '../model/observed.ts';

type Holder = Group & { readonly boundaryArn?: string };

/** A group or a policy that an identity has and that the answer of AWS does not contain. */
export interface MissingPart {
  readonly holder: Holder;
  readonly type: 'AwsIamUser' | 'AwsIamGroup' | 'AwsIamRole';
  readonly part: string;
  /** Why, if AWS was asked for it. */
  readonly reason?: string;
}

const hasDefaultVersion = ({ versions }: ManagedPolicy): boolean => versions.some(({ isDefault }) => isDefault);

/**
 * What identities name and the answer does not contain: groups of users, and the default versions of attached policies and of
 * permissions boundaries. A partial answer, such as one with `--filter`, leaves them out. What only a service can do, with its
 * service-linked role, leads no principal to admin.
 */
export function missingParts({ users, groups, roles, policies, unseenPolicies }: Identities): readonly MissingPart[] {
  const groupNames = new Set(groups.map(({ name }) => name));
  const known = new Set(policies.filter(hasDefaultVersion).map(({ arn }) => arn));
  const ownRoles = roles.filter(({ path }) => !path.startsWith('/aws-service-role/'));
  const documents = ({ attachedPolicies, boundaryArn }: Holder): readonly Part[] => [
    ...attachedPolicies.filter(({ arn }) => !known.has(arn)).map(({ arn }) => ({ part: `the document of ${arn}` })),
    ...(boundaryArn === undefined || known.has(boundaryArn) ? [] : [boundaryPart(boundaryArn, unseenPolicies?.get(boundaryArn))]),
  ];
  const of = <H extends Holder>(holders: readonly H[], type: MissingPart['type'], parts: (holder: H) => readonly Part[]) =>
    holders.flatMap((holder) => parts(holder).map((part): MissingPart => ({ holder, type, ...part })));
  return [
    ...of(users, 'AwsIamUser', ({ groups: names }) =>
      names.filter((name) => !groupNames.has(name)).map((name) => ({ part: `the group ${name}` })),
    ),
    ...of(users, 'AwsIamUser', documents),
    ...of(groups, 'AwsIamGroup', documents),
    ...of(ownRoles, 'AwsIamRole', documents),
  ];
}

type Part = Pick<MissingPart, 'part' | 'reason'>;

const boundaryPart = (arn: string, unseen: Unavailable | undefined): Part => ({
  part: `the permissions boundary ${arn}`,
  ...(unseen ? { reason: unseen.reason } : {}),
});
