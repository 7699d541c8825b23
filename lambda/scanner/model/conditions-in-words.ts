import { DENIAL, type VerdictCondition } from './verdict.ts';

/** Conditions the right way round: what must hold, and the conditions of Deny statements, which must not hold. */
export function splitConditions(conditions: readonly VerdictCondition[]): {
  readonly onlyIf: readonly VerdictCondition[];
  readonly denials: readonly VerdictCondition[];
} {
  return {
    onlyIf: conditions.filter(({ text }) => !text.startsWith(DENIAL)),
    denials: conditions
      .filter(({ text }) => text.startsWith(DENIAL))
      .map((condition) => ({ ...condition, text: condition.text.slice(DENIAL.length) })),
  };
}

const listed = (start: string, conditions: readonly VerdictCondition[]): readonly string[] =>
  conditions.length === 0 ? [] : [`${start} if: ${conditions.map(({ text }) => text).join('; ')}.`];

/** Conditions in sentences: `Only if: a; b. A Deny statement applies if: c.` */
export function conditionsInWords(conditions: readonly VerdictCondition[]): string {
  const { onlyIf, denials } = splitConditions(conditions);
  return [...listed('Only', onlyIf), ...listed('A Deny statement applies', denials)].join(' ');
}

/** What holds under conditions, in sentences: `Is admin only if: a; b. A Deny statement applies if: c.` */
export function outcomeInWords(outcome: string, conditions: readonly VerdictCondition[]): string {
  const { onlyIf, denials } = splitConditions(conditions);
  const first = onlyIf.length === 0 ? [`${outcome}.`] : listed(`${outcome} only`, onlyIf);
  return [...first, ...listed('A Deny statement applies', denials)].join(' ');
}
