import type { Dependency } from '../conditions/condition.ts';

/**
 * Whether the first conditions are met by every request that meets the second: each of them is one of the second, or accepts more values
 * than one of them.
 */
export const isWeaker = (first: readonly Dependency[], second: readonly Dependency[]): boolean =>
  first.every((condition) => second.some((other) => accepts(condition, other)));

/** Whether the condition is met by every request that meets the other one. */
function accepts(condition: Dependency, other: Dependency): boolean {
  const { key, operator, effect, values } = condition;
  if (key !== other.key || operator !== other.operator || effect !== other.effect) return false;
  const [own, others] = [new Set(values), new Set(other.values)];
  const includesOthers = other.values.every((value) => own.has(value));
  const isIncluded = values.every((value) => others.has(value));
  if (includesOthers && isIncluded) return true;
  const moreValuesAcceptMore = listing.has(operator.replace(/^.*:/, '').replace(/IfExists$/, '')) === (effect === 'Allow');
  if (!isValueList.test(operator)) return false;
  return moreValuesAcceptMore ? includesOthers : isIncluded;
}

/** Operators that one of several values can meet; each of their opposites must differ from all values. */
const listing = new Set(['StringEquals', 'StringEqualsIgnoreCase', 'StringLike', 'ArnEquals', 'ArnLike', 'IpAddress']);

const isValueList = /(String(Not)?(Equals(IgnoreCase)?|Like)|Arn(Not)?(Equals|Like)|(Not)?IpAddress)(IfExists)?$/;
