import { readFileSync } from 'node:fs';
import path from 'node:path';
import { existingComputeTechniques } from '../../lambda/scanner/techniques/existing/index.ts';
import { passRoleTechniques } from '../../lambda/scanner/techniques/pass-role-techniques.ts';
import { isKnownService } from '../../lambda/scanner/techniques/unknown/known-services.ts';
import { notJudged } from '../../lambda/scanner/techniques/unknown/not-judged.ts';

/** What `bin/role-passing/classes.json` says of a class: what it means, where that is from, and its actions by their prefix. */
interface ClassOfActions {
  readonly meaning: string;
  readonly source: string;
  readonly actions: Readonly<Record<string, readonly string[]>>;
}

const read = (file: string): string => readFileSync(path.join(__dirname, '../../bin/role-passing', file), 'utf8');

const table = read('actions.tsv')
  .split('\n')
  .filter((row) => row !== '' && !row.startsWith('#'))
  .map((row) => row.split('\t')[0] ?? '');
// The file is part of the project; the tests below hold for what it says.
const classes = JSON.parse(read('classes.json')) as Readonly<Record<string, ClassOfActions>>;

const actionsOf = (name: string): readonly string[] =>
  Object.entries(classes[name]?.actions ?? {}).flatMap(([prefix, names]) => names.map((action) => `${prefix}:${action}`));
const classified = Object.keys(classes).flatMap(actionsOf);
const repeated = (items: readonly string[]) => items.filter((item, index) => items.indexOf(item) !== index);

/** The actions of techniques that are certain in some account, and of all techniques. */
const certain = new Set(
  passRoleTechniques.filter(({ existing, retired }) => existing === undefined && !retired).flatMap(({ actions }) => actions),
);
const used = new Set([...passRoleTechniques, ...existingComputeTechniques].flatMap(({ actions }) => actions));

describe('the table of actions that take a role', () => {
  test('has a class for each action, and for no other', () => {
    const known = new Set(classified);
    expect(table.filter((action) => !known.has(action))).toEqual([]);
    expect(classified.filter((action) => !table.includes(action))).toEqual([]);
  });

  test('has each action once, in one class, in order', () => {
    expect(repeated(table)).toEqual([]);
    expect(repeated(classified)).toEqual([]);
    expect(table).toEqual(table.toSorted());
  });

  test.each(Object.entries(classes))('says what the class %s means, and where that is from', (_, { meaning, source }) => {
    expect(meaning).toMatch(/^[A-Z].*\.$/);
    expect(source).toMatch(/^[A-Z].*[^.]$/);
  });

  test('has a technique for each action of the class technique that nothing else needs to exist for', () => {
    expect(actionsOf('technique').filter((action) => !certain.has(action))).toEqual([]);
  });

  test('has a technique for each action of the class conditional, and none that is certain', () => {
    const ofOthers = ['sts:AssumeRole'];
    expect(actionsOf('conditional').filter((action) => !used.has(action) && !ofOthers.includes(action))).toEqual([]);
    expect(actionsOf('conditional').filter((action) => certain.has(action))).toEqual([]);
  });

  test('has no technique for an action of another class', () => {
    const others = ['data', 'plumbing', 'retired', 'not-judged'].flatMap(actionsOf);
    expect(others.filter((action) => used.has(action))).toEqual([]);
  });

  test('makes paths by each action that is not judged conditional: it is listed, or its service is in no table', () => {
    const listed = Object.values(notJudged).flat();
    const ofKnown = actionsOf('not-judged').filter((action) => isKnownService(`${action.split(':')[0] ?? ''}.amazonaws.com`));
    expect(listed.toSorted()).toEqual(ofKnown.toSorted());
  });
});

test.each([
  ['a service with IAM actions', 'polly.amazonaws.com', true],
  ['a service that a technique names', 'ecs-tasks.amazonaws.com', true],
  ['a part of a service', 'credentials.iot.amazonaws.com', true],
  ['a part of a service that takes no role of a caller', 'edgelambda.amazonaws.com', true],
  ['a service that has another name in trust policies', 'osis-pipelines.amazonaws.com', true],
  ['the second of two names of a service', 'airflow-env.amazonaws.com', true],
  ['a service that is newer than the table', 'newservice.amazonaws.com', false],
])('%s is known or not', (_, service, known) => {
  expect(isKnownService(service)).toBe(known);
});
