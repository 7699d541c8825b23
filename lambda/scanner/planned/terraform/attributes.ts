import type { Json } from '../../model/json.ts';
import { decodeDocument } from '../../model/policy-document.ts';
import { type Place, arnIn } from '../holders.ts';
import { DEFAULT_PATH } from '../planned-change.ts';
import { Unresolvable, resolved } from '../unresolvable.ts';
import type { Plan, ResourceChange, Values } from './plan.ts';
import { expressionsOf, referredTo } from './references.ts';

/** The attributes of a resource before or after a plan is applied. All functions throw {@link Unresolvable}. */
export interface Attributes {
  readonly address: string;
  /** The value; undefined: it is not set. */
  readonly value: (name: string) => Json | undefined;
  /** A policy document; null: it is not set. */
  readonly document: (name: string) => Json;
  /** A text; undefined: it is not set. */
  readonly text: (name: string) => string | undefined;
  readonly texts: (name: string) => readonly string[];
  /** The name of the resource itself; of one that Terraform generates as much as is known. */
  readonly name: () => string;
  readonly path: () => string;
  /** The name of a user, group or role that the attribute sets. */
  readonly nameAt: (attribute: string) => string;
  /** The ARN of a managed policy that the attribute sets; undefined: it is not set. */
  readonly policyArnAt: (attribute: string) => string | undefined;
}

/** Where the plan is applied, and the state that is read. */
export interface Reading {
  readonly plan: Plan;
  readonly account: Omit<Place, 'createdAt'>;
  readonly when: 'before' | 'after';
}

/** The attributes of one resource. */
export function attributesOf(resource: ResourceChange, reading: Reading): Attributes {
  const value = valuesOf(resource, reading);
  const text = (name: string) => textOf(value(name), name);
  const generated = () => `${text('name_prefix') ?? 'terraform-'}${resource.address.replaceAll(/[^\w.-]+/g, '-')}`;
  const name = () => known(() => text('name')) ?? generated();
  const path = () => text('path') ?? DEFAULT_PATH;
  const referred = (attribute: string) => referredTo(reading.plan, resource, attribute);
  const after = (target: ResourceChange) => attributesOf(target, { ...reading, when: 'after' });
  return {
    ...{ address: resource.address, value, text, name, path },
    document: (attribute) => decodeDocument(value(attribute) ?? null),
    texts: (attribute) => listOf(value(attribute) ?? [], attribute).map((item) => required(textOf(item, attribute), attribute)),
    nameAt: (attribute) => required(known(() => text(attribute)) ?? after(referred(attribute)).name(), attribute),
    policyArnAt: (attribute) => {
      const set = resolved(() => text(attribute));
      if ('value' in set) return set.value;
      const target = referred(attribute);
      if (target.type !== 'aws_iam_policy') throw new Unresolvable(`${attribute} refers to ${target.address}`);
      const policy = after(target);
      return arnIn(reading.account, `policy${policy.path()}${policy.name()}`);
    },
  };
}

/** The value, or undefined where it is not known yet. */
function known(read: () => string | undefined): string | undefined {
  const found = resolved(read);
  return 'reason' in found ? undefined : found.value;
}

/** Of an attribute that nothing sets Terraform says too that its value is known later. */
function valuesOf(resource: ResourceChange, { plan, when }: Reading): Attributes['value'] {
  const values: Values = resource.change[when] ?? {};
  const unknown = when === 'before' ? false : resource.change.after_unknown;
  const isSet = (name: string) => Object.hasOwn(expressionsOf(plan, resource) ?? { [name]: true }, name);
  return (name) => {
    const later = typeof unknown === 'object' ? ownOf(unknown, name) : unknown;
    if (!hasTrue(later)) return ownOf(values, name) ?? undefined;
    if (later === true && !isSet(name)) return undefined;
    throw new Unresolvable(`${name} is known only after the plan is applied`);
  };
}

const hasTrue = (json: Json | undefined): boolean =>
  json === true || (typeof json === 'object' && json !== null && Object.values(json).some((item: Json) => hasTrue(item)));

const ownOf = (values: Values, name: string): Json | undefined => (Object.hasOwn(values, name) ? values[name] : undefined);

function textOf(json: Json | undefined, name: string): string | undefined {
  if (json === undefined || json === null || json === '') return undefined;
  if (typeof json === 'string') return json;
  throw new Unresolvable(`${name} is no text`);
}

function listOf(json: Json, name: string): readonly Json[] {
  if (Array.isArray(json)) return json as readonly Json[];
  throw new Unresolvable(`${name} is no list`);
}

function required(text: string | undefined, name: string): string {
  if (text !== undefined) return text;
  throw new Unresolvable(`${name} is missing`);
}
