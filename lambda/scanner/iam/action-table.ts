import { derivedValues } from '../model/derived-values.ts';
import { actionRows } from './action-table.generated.ts';

/** What the Service Authorization Reference says of an action. */
export interface ActionFacts {
  /**
   * The ARNs of the resource types that every call names, all of them together. `{partition}` and `{account}` stand for those of
   * the resource, `*` for everything else. An action without any type, optional ones included, is asked with the resource `*`.
   */
  readonly required: readonly string[];
  /** The ARNs of the resource types that a call may name, written as in {@link ActionFacts.required}. */
  readonly optional: readonly string[];
  /** The condition keys of the action and of its resource types, in lower case; `*` stands for what varies, such as a tag's key. */
  readonly keys: readonly string[];
  /** The condition keys of the request on each resource type, by its ARN, where they differ by type. */
  readonly byType?: Readonly<Record<string, readonly string[]>>;
}

/**
 * The columns of each action: the required ARNs, the optional ones, the keys, and one for each type with keys of its own, which is
 * the ARN and then the keys. `=CreateStack` stands for what the action of that name has in the same column.
 */
const columnsByAction: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(actionRows).flatMap(([service, rows]) =>
    rows
      .trim()
      .split('\n')
      .map((row): [string, readonly string[]] => {
        const [name, ...columns] = row.split(';');
        return [`${service}:${name}`, columns];
      }),
  ),
);

/**
 * The actions that the analysis of access asks about, by their names as AWS spells them.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const actionNames: readonly string[] = [...columnsByAction.keys()];

/** The facts by the columns that tell them. Most actions are never read. */
const facts = derivedValues.table<readonly string[], ActionFacts>();

/** What AWS says of an action; undefined if the analysis never asks about it. */
export function factsOfAction(action: string): ActionFacts | undefined {
  const columns = columnsByAction.get(action);
  return columns && facts.getOrCreate(columns, () => read(action, columns));
}

function read(action: string, columns: readonly string[]): ActionFacts {
  const service = action.slice(0, action.indexOf(':'));
  const toArn = (word: string) => fullArn(service, word);
  const toKey = (word: string) => (word.startsWith(':') ? `${service}${word}` : word);
  const same = (name: string) => factsOfAction(`${service}:${name}`);
  const list = (column: 'required' | 'optional' | 'keys', text = '', full: (word: string) => string) =>
    text.startsWith('=') ? (same(text.slice(1))?.[column] ?? []) : text.split(' ').filter(Boolean).map(full);
  const [required, optional, keys, ...ofTypes] = columns;
  const byType = ofTypes.map((text): [string, readonly string[]] => {
    const [type = '', ...words] = text.split(' ');
    const [first] = words;
    const arn = toArn(type);
    return [arn, first?.startsWith('=') ? (same(first.slice(1))?.byType?.[arn] ?? []) : words.map(toKey)];
  });
  return {
    required: list('required', required, toArn),
    optional: list('optional', optional, toArn),
    keys: list('keys', keys, toKey),
    ...(byType.length > 0 ? { byType: Object.fromEntries(byType) } : {}),
  };
}

/** An ARN that is written short is of the service itself, in any Region. */
const fullArn = (service: string, word: string): string =>
  word.startsWith('arn:') ? word.replace('arn:', 'arn:{partition}:') : `arn:{partition}:${service}:*:{account}:${word}`;
