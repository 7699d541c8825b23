import type { Json } from '../model/json.ts';
import { Malformed, quote, readList, readObject, readString } from './parse-elements.ts';
import { operatorNames } from './policy.ts';
import type { Condition, ConditionOperator, OperatorName } from './policy.ts';

// AWS does not document whether operator names are case-sensitive. A document that AWS has stored can mean no other operator, so
// case is ignored.
const operators = new Map<string, OperatorName>(operatorNames.map((name) => [name.toLowerCase(), name]));

/**
 * The conditions of a statement, all of which must hold.
 * Throws {@link Malformed} on an operator that AWS does not know and on values that are not text, number or boolean.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
 */
export function readConditions(json: Json, place: string): readonly Condition[] {
  return Object.entries(readObject(json, place)).flatMap(([text, keys]) => {
    const operator = readOperator(text, place);
    const inside = `${place}.${text}`;
    return Object.entries(readObject(keys, inside)).map(([key, values]) => ({
      operator,
      key: readString(key, `${inside}, a key`),
      values: readList(values).map((value, index) => readValue(value, `${inside}.${key}[${index}]`)),
    }));
  });
}

function readOperator(text: string, place: string): ConditionOperator {
  const [, qualifier, base = '', suffix] = /^(?:(forAnyValue|forAllValues):)?([a-z]+?)(ifExists)?$/i.exec(text) ?? [];
  const name = operators.get(base.toLowerCase());
  if (name === undefined) throw new Malformed(`${place} has an unknown operator ${quote(text)}`);
  const ifExists = suffix !== undefined;
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IfExists
  if (name === 'Null' && ifExists) throw new Malformed(`${place} has an unknown operator ${quote(text)}`);
  if (qualifier === undefined) return { name, ifExists };
  return { name, qualifier: qualifier.toLowerCase() === 'foranyvalue' ? 'ForAnyValue' : 'ForAllValues', ifExists };
}

function readValue(json: Json, place: string): string {
  return typeof json === 'number' || typeof json === 'boolean' ? String(json) : readString(json, place);
}
