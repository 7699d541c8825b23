import { readFileSync } from 'node:fs';
import { existingComputeTechniques } from '../../lambda/scanner/techniques/existing/index.ts';
import { passRoleTechniques } from '../../lambda/scanner/techniques/pass-role-techniques.ts';
import { notJudged } from '../../lambda/scanner/techniques/unknown/not-judged.ts';

/** The actions of a class in `classes.json`, by their prefix. */
type Classes = Readonly<Record<string, { readonly actions: Readonly<Record<string, readonly string[]>> }>>;

/** The classes whose actions need a service that assumes the role, also where no technique says which. */
const ofServices: readonly string[] = ['data', 'plumbing', 'retired', 'not-judged'];

/** The services that a role must trust for each action, where techniques and `not-judged.ts` tell it. */
function known(): ReadonlyMap<string, ReadonlySet<string>> {
  const services = new Map<string, Set<string>>();
  const pairs = [
    ...[...passRoleTechniques, ...existingComputeTechniques].map(({ service, actions }) => [service, actions] as const),
    ...Object.entries(notJudged),
  ];
  for (const [service, actions] of pairs)
    for (const action of actions) services.set(action, (services.get(action) ?? new Set()).add(service));
  return services;
}

/**
 * The column of the table that tells which services the role must trust, for each action. With a question mark it is the service that
 * has the prefix of the action: most likely, but nothing tells it. It is empty if no service assumes the role.
 */
export function trustedServiceOf(classesFile: string): (action: string) => string {
  const classes = JSON.parse(readFileSync(classesFile, 'utf8')) as Classes;
  const classOf = new Map<string, string>(
    Object.entries(classes).flatMap(([name, { actions }]) =>
      Object.entries(actions).flatMap(([prefix, names]) => names.map((action) => [`${prefix}:${action}`, name] as const)),
    ),
  );
  const services = known();
  return (action) => {
    const told = services.get(action);
    if (told) return [...told].sort().join(', ');
    const isOfService = ofServices.includes(classOf.get(action) ?? 'not-judged');
    return isOfService ? `${action.slice(0, action.indexOf(':'))}.amazonaws.com?` : '';
  };
}
