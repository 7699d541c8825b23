import type { Json } from '../../model/json.ts';
import { Unresolvable, objectOf } from '../unresolvable.ts';

/** What a function of a template can ask for. */
export interface Context {
  /** The value with its functions carried out; undefined: `AWS::NoValue`. */
  readonly resolve: (json: Json) => Json | undefined;
  readonly ref: (name: string) => Json | undefined;
  readonly attribute: (resource: string, name: string) => Json;
  readonly mapped: (map: string, first: string, second: string) => Json;
  readonly condition: (name: string) => Json;
}

type TemplateFunction = (argument: Json, context: Context) => Json | undefined;

/**
 * The functions that can be carried out before a template is deployed.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export const functions: Readonly<Record<string, TemplateFunction>> = {
  Ref: (name, context) => context.ref(textOf(name)),
  'Fn::GetAtt': (argument, context) => {
    if (typeof argument === 'string') return attributeAt(argument, context);
    const [resource = '', ...names] = listOf(argument).map((part) => textIn(part, context));
    return context.attribute(resource, names.join('.'));
  },
  'Fn::Sub': (argument, context) => {
    const [text, values] = Array.isArray(argument) ? (argument as readonly Json[]) : [argument];
    return substitute(textOf(text), objectOf(values ?? {}), context);
  },
  'Fn::Join': (argument, context) => {
    const [delimiter, list] = listOf(argument);
    return listIn(list, context)
      .map((part) => textOf(part))
      .join(textOf(delimiter));
  },
  'Fn::Select': (argument, context) => {
    const [index, list] = listOf(argument);
    return listIn(list, context)[Number(textIn(index, context))] ?? fail('Fn::Select has no such item');
  },
  'Fn::Split': (argument, context) => {
    const [delimiter, text] = listOf(argument);
    return textIn(text, context).split(textOf(delimiter));
  },
  'Fn::FindInMap': (argument, context) => {
    const [map = '', first = '', second = ''] = listOf(argument).map((part) => textIn(part, context));
    return context.mapped(map, first, second);
  },
  'Fn::If': (argument, context) => {
    const [name, yes = null, no = null] = listOf(argument);
    return context.resolve(context.condition(textOf(name)) === true ? yes : no);
  },
  'Fn::Equals': (argument, context) => {
    const [one, other] = listIn(argument, context);
    return textOf(one) === textOf(other);
  },
  'Fn::Not': (argument, context) => !conditionsIn(argument, context).every(Boolean),
  'Fn::And': (argument, context) => conditionsIn(argument, context).every(Boolean),
  'Fn::Or': (argument, context) => conditionsIn(argument, context).some(Boolean),
};

/** Conditions can name other conditions. */
const conditionsIn = (argument: Json, context: Context): readonly boolean[] =>
  listOf(argument).map((part) => {
    const name = typeof part === 'object' && part !== null && 'Condition' in part ? part['Condition'] : undefined;
    const value = typeof name === 'string' ? context.condition(name) : context.resolve(part);
    return typeof value === 'boolean' ? value : fail('a condition is neither true nor false');
  });

/** `${!name}` stays `${name}`. */
const substitute = (text: string, values: Readonly<Record<string, Json>>, context: Context): string =>
  text.replaceAll(/\$\{(!?)([^}]*)\}/g, (_, literal: string, name: string) => {
    if (literal !== '') return `\${${name}}`;
    const own = Object.hasOwn(values, name) ? values[name] : undefined;
    if (own !== undefined) return textIn(own, context);
    return textOf(name.includes('.') ? attributeAt(name, context) : context.ref(name));
  });

function attributeAt(text: string, context: Context): Json {
  const dot = text.indexOf('.');
  return context.attribute(text.slice(0, dot), text.slice(dot + 1));
}

const fail = (reason: string): never => {
  throw new Unresolvable(reason);
};

/** A text; CloudFormation takes numbers and booleans as texts. */
export const textOf = (json: Json | undefined): string =>
  typeof json === 'string' || typeof json === 'number' || typeof json === 'boolean' ? String(json) : fail('a text is expected');

const listOf = (json: Json | undefined): readonly Json[] =>
  Array.isArray(json) ? (json as readonly Json[]) : fail('a list is expected');

const textIn = (json: Json | undefined, { resolve }: Context): string => textOf(json === undefined ? json : resolve(json));
const listIn = (json: Json | undefined, { resolve }: Context): readonly Json[] =>
  listOf(json === undefined ? json : resolve(json));
