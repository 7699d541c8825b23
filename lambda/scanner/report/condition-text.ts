import { DENIAL, type VerdictCondition } from '../model/verdict.ts';

/** Conditions the right way round: what must hold, and what must not hold. */
export function splitConditions(conditions: readonly VerdictCondition[]): {
  readonly onlyIf: readonly VerdictCondition[];
  readonly unless: readonly VerdictCondition[];
} {
  return {
    onlyIf: conditions.filter(({ text }) => !text.startsWith(DENIAL)),
    unless: conditions
      .filter(({ text }) => text.startsWith(DENIAL))
      .map((condition) => ({ ...condition, text: condition.text.slice(DENIAL.length) })),
  };
}

/** Conditions in one line: `Only if: a; b. Unless: c.` */
export function conditionsInWords(conditions: readonly VerdictCondition[]): string {
  const { onlyIf, unless } = splitConditions(conditions);
  const sentence = (start: string, list: readonly VerdictCondition[]) =>
    list.length === 0 ? [] : [`${start}: ${list.map(({ text }) => text).join('; ')}.`];
  return [...sentence('Only if', onlyIf), ...sentence('Unless', unless)].join(' ');
}
