import type { Identities } from '../../facts/identity.ts';
import { arnIn } from '../holders.ts';
import { DEFAULT_PATH } from '../planned-change.ts';
import { Unresolvable } from '../unresolvable.ts';
import { textOf } from './functions.ts';
import { otherResources } from './other-resources.ts';
import type { DeployedName, Resolver, Stack } from './resolver.ts';
import type { Template, TemplateResource } from './template.ts';

/** The IAM resources that have a name: the property that sets it, and how their ARN begins. */
const iamResources = {
  'AWS::IAM::User': { property: 'UserName', prefix: 'user', list: 'users' },
  'AWS::IAM::Group': { property: 'GroupName', prefix: 'group', list: 'groups' },
  'AWS::IAM::Role': { property: 'RoleName', prefix: 'role', list: 'roles' },
  'AWS::IAM::ManagedPolicy': { property: 'ManagedPolicyName', prefix: 'policy', list: 'policies' },
  'AWS::IAM::InstanceProfile': { property: 'InstanceProfileName', prefix: 'instance-profile', list: undefined },
} as const;

const isIam = (type: string): type is keyof typeof iamResources => Object.hasOwn(iamResources, type);

/** The name of an IAM resource, its path and its ARN. */
export interface IamName {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
}

/** What the resources of a deployed stack are named, as far as that is known before. */
export interface Names {
  /** An IAM resource by its logical ID. */
  readonly iam: (logicalId: string, resource: TemplateResource, resolver: Resolver) => IamName;
  readonly deployed: DeployedName;
}

/** The names of the resources of this template in this stack. Both throw {@link Unresolvable}. */
export function createNames(template: Template, stack: Stack, identities: Identities): Names {
  const iam: Names['iam'] = (id, resource, resolver) => {
    if (!isIam(resource.Type)) throw new Unresolvable(`${id} (${resource.Type}) has no name`);
    const { property, prefix, list } = iamResources[resource.Type];
    const existing = list === undefined ? [] : identities[list];
    const name = textProperty(resource, property, resolver) ?? generatedName(id, stack, existing);
    const path = textProperty(resource, 'Path', resolver) ?? DEFAULT_PATH;
    return { name, path, arn: arnIn(stack, `${prefix}${path}${name}`) };
  };
  const deployed: DeployedName = (id, attribute, resolver) => {
    const resource = Object.hasOwn(template.Resources, id) ? template.Resources[id] : undefined;
    if (resource === undefined) throw new Unresolvable(`${id} is not in the template`);
    if (!isIam(resource.Type)) return nameOfOther(id, resource, attribute, { stack, resolver });
    const { name, arn } = iam(id, resource, resolver);
    if (attribute === undefined) return resource.Type === 'AWS::IAM::ManagedPolicy' ? arn : name;
    if (attribute === 'Arn' || attribute === 'PolicyArn') return arn;
    throw new Unresolvable(`${attribute} of ${id} is known only after the deployment`);
  };
  return { iam, deployed };
}

/** A property whose value is a text; undefined: the resource does not set it. */
function textProperty({ Properties }: TemplateResource, property: string, { resolve }: Resolver): string | undefined {
  const value = Properties[property];
  const resolved = value === undefined ? undefined : resolve(value);
  return resolved === undefined ? undefined : textOf(resolved);
}

interface Existing {
  readonly name: string;
  readonly tags?: ReadonlyMap<string, string>;
}

/**
 * CloudFormation generates a name from those of the stack and the resource. It is the one that exists, if the stack is deployed.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html
 */
function generatedName(id: string, { parameters }: Stack, existing: readonly Existing[]): string {
  const stackName = parameters.get('AWS::StackName');
  const start = `${stackName ?? 'stack'}-${id}-`;
  const found = existing.find(
    ({ name, tags }) =>
      stackName !== undefined &&
      ((name.startsWith(start) && /^[\dA-Za-z]+$/.test(name.slice(start.length))) ||
        (tags?.get('aws:cloudformation:stack-name') === stackName && tags.get('aws:cloudformation:logical-id') === id)),
  );
  return found?.name ?? `${start}generated`;
}

/** The name or the ARN of a resource of another service; one without a name gets its logical ID, which no other resource has. */
function nameOfOther(
  id: string,
  resource: TemplateResource,
  attribute: string | undefined,
  { stack, resolver }: { readonly stack: Stack; readonly resolver: Resolver },
): string {
  const known = Object.hasOwn(otherResources, resource.Type) ? otherResources[resource.Type] : undefined;
  if (known !== undefined && (attribute === undefined || attribute === 'Arn')) {
    const name = textProperty(resource, known.property, resolver) ?? id;
    if (attribute === undefined && known.ref === 'name') return name;
    if (known.ref === 'arn' || attribute === 'Arn') {
      const region = known.isGlobal === true ? '' : textOf(resolver.resolve({ Ref: 'AWS::Region' }));
      return `arn:${stack.partition}:${known.service}:${region}:${known.isGlobal === true ? '' : stack.accountId}:${known.resource}${name}`;
    }
  }
  throw new Unresolvable(`${attribute ?? 'Ref'} of ${id} (${resource.Type}) is known only after the deployment`);
}
