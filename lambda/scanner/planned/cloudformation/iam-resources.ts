import { decodeDocument } from '../../model/policy-document.ts';
import type { Holder, IdentityDeclaration, Part } from '../planned-change.ts';
import { attempt, attemptDocument, attemptPolicy, forHolder, objectOf, resolved } from '../unresolvable.ts';
import { textOf } from './functions.ts';
import type { IamName } from './names.ts';
import type { Properties } from './properties.ts';

/** A resource of a template that is about IAM. */
export interface IamResource {
  readonly id: string;
  readonly properties: Properties;
  /** Its name, for the kinds that have one. Throws {@link Unresolvable}. */
  readonly named: () => IamName;
}

type Reader = (resource: IamResource) => readonly Part[];

/**
 * What each kind of IAM resource comes to.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_IAM.html
 */
export const iamReaders: Readonly<Record<string, Reader>> = {
  'AWS::IAM::User': (resource) => identity(resource, 'user'),
  'AWS::IAM::Group': (resource) => identity(resource, 'group'),
  'AWS::IAM::Role': (resource) => identity(resource, 'role'),
  'AWS::IAM::ManagedPolicy': managedPolicy,
  'AWS::IAM::Policy': (resource) => forEachHolder(resource, (holder) => inlinePolicy(resource.id, holder, resource.properties)),
  'AWS::IAM::UserPolicy': (resource) => ownPolicy(resource, 'user', 'UserName'),
  'AWS::IAM::GroupPolicy': (resource) => ownPolicy(resource, 'group', 'GroupName'),
  'AWS::IAM::RolePolicy': (resource) => ownPolicy(resource, 'role', 'RoleName'),
  'AWS::IAM::UserToGroupAddition': ({ id, properties }) =>
    properties
      .each('Users')
      .flatMap((user) =>
        attempt({ source: id }, () => [
          { kind: 'membership', user: textOf(user()), group: properties.requiredText('GroupName') },
        ]),
      ),
  'AWS::IAM::InstanceProfile': ({ id, properties, named }) =>
    properties
      .each('Roles')
      .flatMap((role) => attempt({ source: id }, () => [{ kind: 'instance-profile', ...named(), role: textOf(role()) }])),
  'AWS::IAM::AccessKey': ({ id, properties }) =>
    attempt({ source: id }, () => [
      { kind: 'access-key', id, user: properties.requiredText('UserName'), active: properties.text('Status') !== 'Inactive' },
    ]),
};

/** The kinds that give no one permissions. */
export const harmlessKinds: ReadonlySet<string> = new Set([
  ...['AWS::IAM::ServerCertificate', 'AWS::IAM::ServiceLinkedRole', 'AWS::IAM::VirtualMFADevice'],
]);

function identity({ id, properties, named }: IamResource, kind: Holder['kind']): readonly Part[] {
  const trust = attemptDocument(() => properties.document('AssumeRolePolicyDocument'));
  const declared = resolved((): IdentityDeclaration => {
    const { name, path } = named();
    const boundaryArn = properties.text('PermissionsBoundary');
    const common = { kind: 'identity', holder: { kind, name }, path, tags: tagsOf(properties), keepsTags: true } as const;
    const bounded = boundaryArn === undefined ? common : { ...common, boundaryArn };
    return kind === 'role' ? { ...bounded, trustPolicy: trust.document } : bounded;
  });
  if ('reason' in declared) return [{ source: id, ...declared }];
  const { holder } = declared.value;
  const source = `${id}.AssumeRolePolicyDocument`;
  return [
    declared.value,
    ...(trust.reason === undefined ? [] : [{ source, holder, reason: trust.reason }]),
    ...policiesOf(id, holder, properties),
  ];
}

const tagsOf = (properties: Properties): ReadonlyMap<string, string> =>
  new Map(
    properties.each('Tags').map((tag) => {
      const { Key: key, Value: value = '' } = objectOf(tag());
      return [textOf(key), textOf(value)];
    }),
  );

const policiesOf = (id: string, holder: Holder, { each }: Properties): readonly Part[] => [
  ...each('Policies').flatMap((policy) =>
    attemptPolicy({ source: `${id}.Policies`, holder }, () => {
      const { PolicyName: name, PolicyDocument: document = null } = objectOf(policy());
      return [{ kind: 'inline-policy', holder, name: textOf(name), document: decodeDocument(document) }];
    }),
  ),
  ...each('ManagedPolicyArns').flatMap((arn) =>
    attemptPolicy({ source: `${id}.ManagedPolicyArns`, holder }, () => [
      { kind: 'attachment', holder, policyArn: textOf(arn()) },
    ]),
  ),
  ...(holder.kind === 'user' ? each('Groups') : []).flatMap((group) =>
    attemptPolicy({ source: `${id}.Groups`, holder }, () => [{ kind: 'membership', user: holder.name, group: textOf(group()) }]),
  ),
];

/** A managed policy that is not known may allow anything to everyone who has it. */
function managedPolicy(resource: IamResource): readonly Part[] {
  const { id, properties, named } = resource;
  const { document, reason } = attemptDocument(() => properties.document('PolicyDocument'));
  return [
    ...attempt({ source: id }, () => [{ kind: 'managed-policy', ...named(), document }]),
    ...(reason === undefined ? [] : [{ source: `${id}.PolicyDocument`, reason }]),
    ...forEachHolder(resource, (holder) =>
      attemptPolicy({ source: id, holder }, () => [{ kind: 'attachment', holder, policyArn: named().arn }]),
    ),
  ];
}

/** The users, groups and roles that a policy lists. */
const forEachHolder = ({ id, properties }: IamResource, partsFor: (holder: Holder) => readonly Part[]): readonly Part[] =>
  (['user', 'group', 'role'] as const).flatMap((kind) =>
    properties.each(lists[kind]).flatMap((name) => forHolder(id, () => ({ kind, name: textOf(name()) }), partsFor)),
  );

const lists = { user: 'Users', group: 'Groups', role: 'Roles' } as const;

const ownPolicy = ({ id, properties }: IamResource, kind: Holder['kind'], nameProperty: string): readonly Part[] =>
  forHolder(
    id,
    () => ({ kind, name: properties.requiredText(nameProperty) }),
    (holder) => inlinePolicy(id, holder, properties),
  );

const inlinePolicy = (source: string, holder: Holder, { requiredText, document }: Properties): readonly Part[] =>
  attemptPolicy({ source, holder }, () => [
    { kind: 'inline-policy', holder, name: requiredText('PolicyName'), document: document('PolicyDocument') },
  ]);
