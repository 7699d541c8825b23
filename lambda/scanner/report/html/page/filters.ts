import { type Content, element } from './dom.ts';

/** A choice of one value; the empty one is all. */
export interface Choice {
  readonly name: string;
  readonly label: string;
  readonly options: readonly (readonly [value: string, words: string])[];
}

/** The filters of a list. */
export interface Filters {
  readonly node: HTMLElement;
  /** The values by name; empty: everything. */
  readonly values: () => Readonly<Record<string, string>>;
  /** Sets the values that are named, and empties the others. */
  readonly set: (values: URLSearchParams) => void;
}

/** A search box and choices; `onChange` is called when one of them changes. */
export function filters(search: string, label: string, choices: readonly Choice[], onChange: () => void): Filters {
  const box = element('input', { type: 'search', name: search, autocomplete: 'off', spellcheck: 'false' });
  const selects = choices.map(({ name, options }) =>
    element(
      'select',
      { name },
      element('option', { value: '' }, 'All'),
      options.map(([value, words]) => element('option', { value }, words)),
    ),
  );
  const labeled = (words: string, control: Content) => element('label', {}, element('span', {}, words), control);
  const form = element(
    'form',
    { role: 'search', 'aria-label': label },
    labeled('Search', box),
    choices.map((choice, index) => labeled(choice.label, selects[index])),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
  });
  form.addEventListener('input', onChange);
  const controls = [box, ...selects];
  return {
    node: form,
    values: () => Object.fromEntries(controls.map(({ name, value }) => [name, value])),
    set: (values) => {
      for (const control of controls) control.value = values.get(control.name) ?? '';
      onChange();
    },
  };
}

/** The values that occur, most frequent first, with their numbers. */
export function occurring(values: readonly string[], inWords: (value: string) => string = (value) => value): Choice['options'] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => [value, `${inWords(value)} (${count})`] as const);
}
