import type { Json } from '../../model/json.ts';
import { decodeDocument } from '../../model/policy-document.ts';
import type { Holder, IdentityDeclaration, Part } from '../planned-change.ts';
import { Unresolvable, attempt, attemptDocument, attemptPolicy, forHolder, objectOf, resolved } from '../unresolvable.ts';
import type { Attributes } from './attributes.ts';

type Reader = (attributes: Attributes) => readonly Part[];

/**
 * What each kind of IAM resource of the AWS provider comes to.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs
 */
export const iamReaders: Readonly<Record<string, Reader>> = {
  aws_iam_user: (resource) => identity(resource, 'user'),
  aws_iam_group: (resource) => identity(resource, 'group'),
  aws_iam_role: (resource) => identity(resource, 'role'),
  aws_iam_policy: managedPolicy,
  aws_iam_user_policy: (resource) => inlinePolicy(resource, 'user'),
  aws_iam_group_policy: (resource) => inlinePolicy(resource, 'group'),
  aws_iam_role_policy: (resource) => inlinePolicy(resource, 'role'),
  aws_iam_user_policy_attachment: (resource) => attachment(resource, 'user'),
  aws_iam_group_policy_attachment: (resource) => attachment(resource, 'group'),
  aws_iam_role_policy_attachment: (resource) => attachment(resource, 'role'),
  aws_iam_policy_attachment: (resource) => (['user', 'group', 'role'] as const).flatMap((kind) => attachToEach(resource, kind)),
  aws_iam_group_membership: (resource) =>
    attempt({ source: resource.address }, () =>
      resource.texts('users').map((user) => ({ kind: 'membership', user, group: resource.nameAt('group') })),
    ),
  aws_iam_user_group_membership: (resource) =>
    forNamed(resource, 'user', (holder) =>
      attemptPolicy({ source: resource.address, holder }, () =>
        resource.texts('groups').map((group) => ({ kind: 'membership', user: holder.name, group })),
      ),
    ),
  aws_iam_instance_profile: (resource) =>
    attempt({ source: resource.address }, () => [
      { kind: 'instance-profile', name: resource.name(), path: resource.path(), role: resource.nameAt('role') },
    ]),
  aws_iam_access_key: (resource) =>
    attempt({ source: resource.address }, () => [
      {
        ...{ kind: 'access-key', user: resource.nameAt('user'), id: resource.address },
        active: resource.text('status') !== 'Inactive',
      },
    ]),
};

/** The kinds of IAM resources that give no one permissions. */
export const harmlessKinds: ReadonlySet<string> = new Set([
  ...['aws_iam_account_alias', 'aws_iam_account_password_policy', 'aws_iam_server_certificate', 'aws_iam_service_linked_role'],
  ...['aws_iam_user_login_profile', 'aws_iam_user_ssh_key', 'aws_iam_virtual_mfa_device', 'aws_iam_signing_certificate'],
]);

function identity(resource: Attributes, kind: Holder['kind']): readonly Part[] {
  const source = resource.address;
  const trust = attemptDocument(() => resource.document('assume_role_policy'));
  const declared = resolved((): IdentityDeclaration => {
    const boundaryArn = resource.policyArnAt('permissions_boundary');
    const holder = { kind, name: resource.name() };
    const common = { kind: 'identity', holder, path: resource.path(), tags: tagsOf(resource) } as const;
    const bounded = boundaryArn === undefined ? common : { ...common, boundaryArn };
    return kind === 'role' ? { ...bounded, trustPolicy: trust.document } : bounded;
  });
  if ('reason' in declared) return [{ source, ...declared }];
  const { holder } = declared.value;
  const unknown = trust.reason === undefined ? [] : [{ source, holder, reason: trust.reason }];
  return [declared.value, ...unknown, ...(kind === 'role' ? policiesOfRole(resource, holder) : [])];
}

/** Tags that are not known decide something only where a policy asks for them; the provider adds its own to those of the resource. */
function tagsOf(resource: Attributes): ReadonlyMap<string, string> {
  const tags = objectOf(resource.value('tags_all') ?? resource.value('tags') ?? {});
  return new Map(Object.entries(tags).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])));
}

/** The deprecated attributes of a role, which list what other resources add as well. */
const policiesOfRole = (resource: Attributes, holder: Holder): readonly Part[] => [
  ...attemptPolicy({ source: resource.address, holder }, () =>
    resource.texts('managed_policy_arns').map((policyArn) => ({ kind: 'attachment', holder, policyArn })),
  ),
  ...attemptPolicy({ source: resource.address, holder }, () => {
    const policies = resource.value('inline_policy') ?? [];
    if (!Array.isArray(policies)) throw new Unresolvable('inline_policy is no list');
    return (policies as readonly Json[]).flatMap((policy) => {
      const { name, policy: document = null } = objectOf(policy);
      return typeof name === 'string' ? { kind: 'inline-policy', holder, name, document: decodeDocument(document) } : [];
    });
  }),
];

/** A managed policy that is not known may allow anything to everyone who has it. */
function managedPolicy(resource: Attributes): readonly Part[] {
  const source = resource.address;
  const { document, reason } = attemptDocument(() => resource.document('policy'));
  return [
    ...attempt({ source }, () => [{ kind: 'managed-policy', name: resource.name(), path: resource.path(), document }]),
    ...(reason === undefined ? [] : [{ source, reason }]),
  ];
}

const inlinePolicy = (resource: Attributes, kind: Holder['kind']): readonly Part[] =>
  forNamed(resource, kind, (holder) =>
    attemptPolicy({ source: resource.address, holder }, () => [
      { kind: 'inline-policy', holder, name: resource.name(), document: resource.document('policy') },
    ]),
  );

const attachment = (resource: Attributes, kind: Holder['kind']): readonly Part[] =>
  forNamed(resource, kind, (holder) => attach(resource, holder));

const attach = (resource: Attributes, holder: Holder): readonly Part[] =>
  attemptPolicy({ source: resource.address, holder }, () => {
    const policyArn = resource.policyArnAt('policy_arn');
    return policyArn === undefined ? [] : [{ kind: 'attachment', holder, policyArn }];
  });

/** The users, groups or roles that the resource lists. */
function attachToEach(resource: Attributes, kind: Holder['kind']): readonly Part[] {
  const names = resolved(() => resource.texts(`${kind}s`));
  if ('reason' in names) return [{ source: resource.address, ...names }];
  return names.value.flatMap((name) => attach(resource, { kind, name }));
}

/** The user, group or role that the attribute of the same name sets. */
const forNamed = (resource: Attributes, kind: Holder['kind'], partsFor: (holder: Holder) => readonly Part[]): readonly Part[] =>
  forHolder(resource.address, () => ({ kind, name: resource.nameAt(kind) }), partsFor);
