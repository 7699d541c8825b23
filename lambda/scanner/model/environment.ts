/** The environments of accounts, the lowest first. */
export const environments = ['development', 'staging', 'production'] as const;

/** One of {@link environments}. */
export type Environment = (typeof environments)[number];

/** What the configuration says: for each environment, ids of accounts, and ids or names of organizational units. */
export type EnvironmentMembers = Readonly<Partial<Record<Environment, readonly string[]>>>;

/** The environment of an account; undefined: not known. */
export type EnvironmentOf = (accountId: string) => Environment | undefined;

/** Words in names, lowest environment first: `Test of production` is no production. */
const words: readonly (readonly [RegExp, Environment])[] = [
  [/^(dev|devs|development|sandbox|sandboxes|lab|labs|poc|playground)$/, 'development'],
  [/^(stag|stage|staging|stg|uat|test|testing|tst|qa|acceptance|nonprod)$/, 'staging'],
  [/^(prod|prd|production|live)$/, 'production'],
];

/** `pre-prod`, `NonProduction`: no production. */
const NOT_PRODUCTION = /(?<![a-z])(pre|non|no)[^a-z]*(prod|prd|production|live)(?![a-z])/g;

/** The environment that a name of an account or an organizational unit says; undefined: none. */
export function environmentInName(name: string): Environment | undefined {
  const parts = name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replaceAll(NOT_PRODUCTION, 'nonprod')
    .split(/[^a-z]+/);
  return words.find(([pattern]) => parts.some((part) => pattern.test(part)))?.[1];
}

/** Whether one environment is lower than another; not where one of them is not known. */
export const isLowerThan = (one: Environment | undefined, other: Environment | undefined): boolean =>
  one !== undefined && other !== undefined && environments.indexOf(one) < environments.indexOf(other);
