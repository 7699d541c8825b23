/** A character of a pattern, a wildcard or not; a character is a UTF-16 code unit. */
export interface Cell {
  readonly character: string;
  readonly wild: boolean;
}

/**
 * A pattern with its variables replaced, in version 2012-10-17; undefined where a variable has no value, because nothing equals
 * that. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function naivePattern(
  text: string,
  context: ReadonlyMap<string, readonly string[]>,
  variables: boolean,
): readonly Cell[] | undefined {
  const cells: Cell[] = [];
  let rest = text;
  while (rest !== '') {
    const end = rest.indexOf('}');
    if (variables && rest.startsWith('${') && end > 2) {
      const value = valueOf(rest.slice(2, end), context);
      if (value === undefined) return undefined;
      cells.push(...value.split('').map((character) => ({ character, wild: false })));
      rest = rest.slice(end + 1);
    } else {
      const character = rest.charAt(0);
      cells.push({ character, wild: character === '*' || character === '?' });
      rest = rest.slice(1);
    }
  }
  return cells;
}

function valueOf(inner: string, context: ReadonlyMap<string, readonly string[]>): string | undefined {
  if (['*', '?', '$'].includes(inner)) return inner;
  const [key = '', fallback] = inner.split(',');
  if (/^(aws:tagkeys|dynamodb:leadingkeys|cognito-identity.amazonaws.com:amr)$/i.test(key.trim())) return undefined;
  const values = context.get(key.trim().toLowerCase()) ?? [];
  if (values.length === 0) return fallback?.trim().slice(1, -1);
  return values.length === 1 ? values[0] : undefined;
}

/** Whether the pattern matches the whole text: for every beginning of the text, which beginnings of the pattern match it. */
export function naiveMatch(pattern: readonly Cell[] | undefined, text: string): boolean {
  if (pattern === undefined) return false;
  const characters = text.split('');
  // matches[i][j]: the first i cells match the first j characters
  const matches = Array.from({ length: pattern.length + 1 }, () => Array.from({ length: characters.length + 1 }, () => false));
  const at = (i: number, j: number): boolean => matches[i]?.[j] ?? false;
  for (let i = 0; i <= pattern.length; i++) {
    for (let j = 0; j <= characters.length; j++) {
      const row = matches[i];
      if (row === undefined) continue;
      const cell = pattern[i - 1];
      if (cell === undefined) row[j] = j === 0;
      else if (cell.wild && cell.character === '*') row[j] = at(i - 1, j) || at(i, j - 1);
      else row[j] = at(i - 1, j - 1) && (cell.wild || cell.character === characters[j - 1]);
    }
  }
  return at(pattern.length, characters.length);
}

/** Takes the wildcards out: the pattern as plain text. */
export const naiveLiteral = (pattern: readonly Cell[] | undefined): string | undefined =>
  pattern?.map(({ character }) => character).join('');

/** Text in lower case, but for the characters of two code units. What surrounds a sigma decides how it is written. */
export function naiveLower(text: string): string {
  const whole = text.toLowerCase();
  let at = 0;
  return Array.from(text, (character) => {
    const start = at;
    at += character.toLowerCase().length;
    return character.length === 2 ? character : whole.slice(start, at);
  }).join('');
}

/** A pattern of the ARN operators that does not have the parts of an ARN. */
export const isMalformedPattern = (pattern: readonly Cell[] | undefined): boolean =>
  pattern !== undefined && pattern.filter(({ character }) => character === ':').length < 5;

/** Matches an ARN part by part: no star of the first five parts spans a colon. */
export function naiveArnMatch(pattern: readonly Cell[] | undefined, text: string): boolean {
  if (pattern === undefined) return false;
  const parts: Cell[][] = [[]];
  for (const cell of pattern) {
    if (cell.character === ':' && parts.length < 6) parts.push([]);
    else parts[parts.length - 1]?.push(cell);
  }
  const [arn = '', partition, service, region, account, ...resource] = text.split(':');
  const values = [arn, partition, service, region, account, resource.length === 0 ? undefined : resource.join(':')];
  return parts.length === 6 && parts.every((part, index) => values[index] !== undefined && naiveMatch(part, values[index]));
}
