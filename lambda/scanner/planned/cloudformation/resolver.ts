import type { Json } from '../../model/json.ts';
import { Unresolvable } from '../unresolvable.ts';
import { type Context, functions, textOf } from './functions.ts';
import type { Template } from './template.ts';

/** What is known of the stack: the account, and the parameters that the user gives, pseudo parameters among them. */
export interface Stack {
  readonly partition: string;
  readonly accountId: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** What names a resource once it is deployed: the value of `Ref`, and attributes such as `Arn`. */
export type DeployedName = (logicalId: string, attribute: string | undefined, resolver: Resolver) => Json;

/** Carries out the functions of a template. Both throw {@link Unresolvable} where a value is known only to CloudFormation. */
export interface Resolver {
  /** The value; undefined: `AWS::NoValue`. */
  readonly resolve: (json: Json) => Json | undefined;
  readonly condition: (name: string) => boolean;
}

/** No template nests its functions so deep; one that refers to itself does without end. */
const MOST_LEVELS = 100;

/** The resolver of one template, as it would be deployed to this stack. */
export function createResolver(template: Template, stack: Stack, nameOf: DeployedName): Resolver {
  let level = 0;
  const nested = <T>(work: () => T): T => {
    if (level >= MOST_LEVELS) throw new Unresolvable('the template refers to itself');
    level += 1;
    try {
      return work();
    } finally {
      level -= 1;
    }
  };
  const resolve = (json: Json): Json | undefined => nested(() => resolveIn(json, context));
  const condition = (name: string): boolean => {
    const found = ownOf(template.Conditions, name);
    if (found === undefined) throw new Unresolvable(`condition ${name} is not in the template`);
    const value = resolve(found);
    if (typeof value !== 'boolean') throw new Unresolvable(`condition ${name} is neither true nor false`);
    return value;
  };
  const resolver = { resolve, condition };
  const context: Context = {
    ...resolver,
    ref: (name) =>
      Object.hasOwn(template.Resources, name)
        ? nested(() => nameOf(name, undefined, resolver))
        : parameter(name, template, stack),
    attribute: (resource, name) => nested(() => nameOf(resource, name, resolver)),
    mapped: (map, first, second) => {
      const value = ownOf(ownOf(ownOf(template.Mappings, map) ?? {}, first) ?? {}, second);
      if (value === undefined) throw new Unresolvable(`mapping ${map} has no ${first}.${second}`);
      return value;
    },
  };
  return resolver;
}

function resolveIn(json: Json, context: Context): Json | undefined {
  if (typeof json !== 'object' || json === null) return json;
  if (Array.isArray(json)) return (json as readonly Json[]).map(context.resolve).filter((item) => item !== undefined);
  const entries = Object.entries(json);
  const [first] = entries;
  if (first !== undefined && entries.length === 1 && (first[0] === 'Ref' || first[0].startsWith('Fn::'))) {
    const [name, argument] = first;
    const carryOut = ownOf(functions, name);
    if (carryOut === undefined) throw new Unresolvable(`${name} is known only to CloudFormation`);
    return carryOut(argument, context);
  }
  return Object.fromEntries(
    entries.flatMap(([name, value]) => {
      const resolved = context.resolve(value);
      return resolved === undefined ? [] : [[name, resolved]];
    }),
  );
}

const domains: Readonly<Record<string, string>> = {
  aws: 'amazonaws.com',
  'aws-cn': 'amazonaws.com.cn',
  'aws-us-gov': 'amazonaws.com',
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html */
function parameter(name: string, { Parameters }: Template, { partition, accountId, parameters }: Stack): Json | undefined {
  if (name === 'AWS::NoValue') return undefined;
  const declared = ownOf(Parameters, name);
  const given = parameters.get(name);
  if (declared?.Type.startsWith('AWS::SSM::Parameter::') !== true || given !== undefined) {
    const known = { 'AWS::AccountId': accountId, 'AWS::Partition': partition, 'AWS::URLSuffix': domains[partition] };
    const value = given ?? declared?.Default ?? ownOf<string | undefined>(known, name);
    if (value !== undefined) return declared !== undefined && isList(declared.Type) ? listed(value) : value;
  }
  throw new Unresolvable(`${name} has no value: add --parameter ${name}=VALUE`);
}

const isList = (type: string): boolean => type === 'CommaDelimitedList' || type.startsWith('List<');
const listed = (value: Json): Json =>
  textOf(value)
    .split(',')
    .map((part) => part.trim());

const ownOf = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;
