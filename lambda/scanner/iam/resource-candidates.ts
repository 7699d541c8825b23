import { type DerivedTable, derivedValues } from '../model/derived-values.ts';
import { parseArn } from '../model/arn.ts';
import { getOrCreate } from '../model/get-or-create.ts';
import type { CompiledStatement } from '../policy/compile.ts';
import type { PolicyInForce } from '../policy/decide.ts';
import { compileGlob, narrowGlob } from '../policy/glob.ts';
import { type Account, vocabulary } from './account.ts';
import { factsOfAction } from './action-table.ts';
import type { Principal } from './principal.ts';
import { type AuthorizationResult, allOf, anyOf, unique } from './authorization-result.ts';
import { can, limitsOf } from './authorization.ts';
import { type RequestKeys, noRequestKeys, passesNoRole } from './request-context.ts';

const NO_RESOURCE = '*';
const MOST_CANDIDATES = 20;

/**
 * The resources that a call must name, for actions of which the action table tells too little: each list holds alternatives, as
 * ARN patterns in the form of the action table. One of each list is needed.
 */
export type NamedResources = Readonly<Record<string, readonly (readonly string[])[]>>;

/** What is known of the calls, besides the actions and the principal. */
export interface CallDetails {
  readonly keys?: RequestKeys;
  /** Resources that are used wherever an action accepts one of that form, even as an option: an existing function, say. */
  readonly known?: readonly string[];
  readonly resources?: NamedResources;
  /** The Region in which the calls are made, where not every Region will do. */
  readonly region?: string | undefined;
}

/**
 * Whether the principal may do all the actions on resources of its choice: a function that it names itself, a stack in a Region
 * that it picks. Actions on one resource type must be allowed on the same resource.
 */
export function canOnSomeResource(
  account: Account,
  principal: Principal,
  actions: readonly string[],
  details: CallDetails = {},
): AuthorizationResult {
  const { keys = noRequestKeys, known = [], resources = {}, region } = details;
  const ask = (requirements: readonly Requirement[]) =>
    allOf(...requirements.map((requirement) => () => meetsRequirement(account, principal, requirement, details)));
  const named = actions.filter((action) => action in resources);
  const question = [...actions, ...named.map((action) => JSON.stringify(resources[action]))].join(' ');
  const requirements = () =>
    known.length > 0 || region !== undefined
      ? requirementsOf(account, actions, details)
      : answerFor(knownRequirements, account, question, () => requirementsOf(account, actions, { resources }));
  if (region !== undefined || (keys !== noRequestKeys && keys !== passesNoRole) || known.length > 0) return ask(requirements());
  return answerFor(answers, principal, keys === noRequestKeys ? question : `${question} no role`, () => ask(requirements()));
}

/**
 * What a call of the action must name, where one of its resources has to match the pattern; undefined where none can, or where the
 * action table does not tell.
 */
export function namedLike(
  { partition, accountId }: Account,
  action: string,
  pattern: string,
  named?: NamedResources[string],
): NamedResources[string] | undefined {
  const mustName = named ?? (factsOfAction(action)?.required ?? []).map((template) => [template]);
  const narrowed = mustName.map((alternatives) =>
    alternatives.flatMap((template) => {
      const filled = template.replace('{partition}', partition).replace('{account}', accountId);
      return overlap(filled, pattern) ?? [];
    }),
  );
  if (narrowed.every(({ length }) => length === 0)) return undefined;
  return mustName.map((alternatives, index) => (narrowed[index]?.length ? narrowed[index] : alternatives));
}

/** The answer is the same for every role that the principal might use. */
const answers = derivedValues.table<Principal, Map<string, AuthorizationResult>>();

/** The resources that actions require are the same for every principal where no resource is known. */
const knownRequirements = derivedValues.table<Account, Map<string, readonly Requirement[]>>();

const answerFor = <K extends object, V>(table: DerivedTable<K, Map<string, V>>, key: K, question: string, ask: () => V): V =>
  getOrCreate(
    table.getOrCreate(key, () => new Map<string, V>()),
    question,
    ask,
  );

/** Actions that must be allowed on one and the same resource of one of these forms. */
interface Requirement {
  readonly actions: readonly string[];
  /** ARN patterns, or `*` for a request without a resource. */
  readonly templates: readonly string[];
}

/**
 * Each required resource type is a requirement of its own, and so is that of known resources. Of optional types any will do, or
 * none.
 */
function requirementsOf(account: Account, actions: readonly string[], details: CallDetails): readonly Requirement[] {
  const byTemplates = new Map<string, { actions: string[]; templates: readonly string[] }>();
  for (const action of actions)
    for (const templates of templateSets(account, action, details)) {
      const key = templates.join(' ');
      const requirement = byTemplates.get(key);
      if (requirement) requirement.actions.push(action);
      else byTemplates.set(key, { actions: [action], templates });
    }
  return [...byTemplates.values()];
}

/** The Region in an ARN of the action table. The calls on a resource are made in its Region. */
const anyRegion = /^(arn:[^:]*:[^:]*:)\*(?=:)/;

function templateSets(
  { partition, accountId }: Account,
  action: string,
  { known = [], resources = {}, region = parseArn(known[0] ?? '')?.region ?? '' }: CallDetails,
): readonly (readonly string[])[] {
  const { [action]: named } = resources;
  const { required = [], optional = [] } = factsOfAction(action) ?? {};
  const fill = (template: string) => {
    const filled = template.replace('{partition}', partition).replace('{account}', accountId);
    return region === '' ? filled : filled.replace(anyRegion, `$1${region}`);
  };
  if (named === undefined && required.length === 0) return [[...optional.map(fill), NO_RESOURCE]];
  const used = known.length === 0 ? [] : optional.map(fill).filter((template) => known.some(compileGlob(template).matches));
  const mustName = named ?? required.map((template) => [template]);
  return [...mustName.map((alternatives) => alternatives.map(fill)), ...used.map((template) => [template])];
}

function meetsRequirement(
  account: Account,
  principal: Principal,
  { actions, templates }: Requirement,
  { keys = noRequestKeys, known = [], region }: CallDetails,
): AuthorizationResult {
  const existing = known.filter((arn) =>
    templates.some((template) => template !== NO_RESOURCE && compileGlob(template).matches(arn)),
  );
  const candidates =
    existing.length > 0 ? existing : templates.flatMap((template) => resourcesLike(account, principal, actions, template));
  const takesName = actions.some(takesFreeName);
  return anyOf(
    candidates
      .filter((resource) => !takesName || isFree(account, resource))
      .slice(0, MOST_CANDIDATES)
      .map(
        (resource) => () =>
          allOf(...actions.map((action) => () => can(account, principal, action, resource, keysIn(region, action, keys)))),
      ),
  );
}

/** IAM answers in a Region of its own. */
const keysIn = (region: string | undefined, action: string, keys: RequestKeys): RequestKeys =>
  region === undefined || action.startsWith('iam:') ? keys : (key) => (key === 'aws:requestedregion' ? [region] : keys(key));

/** A new or renamed identity needs a name that no other has. */
const takesFreeName = (action: string): boolean => /^iam:(CreateRole|(Create|Update)(User|Group))$/.test(action);

const groupArns = derivedValues.table<Account, ReadonlySet<string>>();

/** Whether no role, user or group of the account has this ARN. */
export const isFree = (account: Account, arn: string): boolean =>
  !account.principalsByArn.has(arn) &&
  !groupArns.getOrCreate(account, () => new Set([...account.groups.values()].map((group) => group.arn))).has(arn);

/**
 * Concrete resources of this form, derived from the policies: what the policies of the principal and every limit allow for the
 * actions.
 */
function resourcesLike(account: Account, principal: Principal, actions: readonly string[], template: string): readonly string[] {
  if (template === NO_RESOURCE) return [NO_RESOURCE];
  const limits = limitsOf(principal).flatMap(({ policies }) => (policies === 'unreadable' ? [] : [policies]));
  let found: readonly string[] = [template];
  for (const action of actions)
    for (const policies of [principal.policies, ...limits]) {
      const { allowed, spared } = patternsFor(policies, action);
      const inside = narrow(account, found, allowed);
      found = [...narrow(account, inside, spared), ...inside].slice(0, MOST_CANDIDATES);
    }
  return unique(found.map(nameFor));
}

/** A resource that the pattern matches. Wildcards are written as `any`, which does not look like a real name. */
const nameFor = (pattern: string): string => pattern.replaceAll('*', 'any').replaceAll('?', 'x');

/** The resources narrowed by the patterns, at most as many as are tried. */
function narrow(account: Account, found: readonly string[], patterns: ReadonlySet<string>): readonly string[] {
  const narrowed = new Set<string>();
  for (const pattern of patterns)
    for (const resource of found) {
      const both = pattern === '*' ? resource : resourceIn(account, resource, pattern);
      if (both !== undefined) narrowed.add(both);
      if (narrowed.size >= MOST_CANDIDATES) return [...narrowed];
    }
  return [...narrowed];
}

const overlaps = derivedValues.table<Account, Map<string, Map<string, string | undefined>>>();

/** What both patterns match, computed once for all principals. */
function resourceIn(account: Account, resource: string, pattern: string): string | undefined {
  const known = overlaps.getOrCreate(account, () => new Map<string, Map<string, string | undefined>>());
  const ofResource = getOrCreate(known, resource, () => new Map<string, string | undefined>());
  if (!ofResource.has(pattern)) ofResource.set(pattern, overlap(resource, pattern));
  return ofResource.get(pattern);
}

/** A `*` can match colons, which no resource name has. A match with more parts is not a resource. */
function overlap(resource: string, pattern: string): string | undefined {
  const both = narrowGlob(resource, pattern);
  return both?.split(':').length === resource.split(':').length && !reservedName.test(both) ? both : undefined;
}

/**
 * Names that no resource of an account can have.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateDocument.html
 */
const reservedName = /:\d{12}:document\/(aws|amazon|amzn)/i;

/** The resource patterns for which statements allow the action, and those that Deny statements exempt by `NotResource`. */
function patternsFor(policies: readonly PolicyInForce[], action: string) {
  const index = vocabulary.indexOf(action);
  const allowed = new Set<string>();
  const spared = new Set<string>();
  for (const { policy } of policies)
    for (const { source, resources, matchesAction, matchesActionName } of policy.statements) {
      if (index < 0 ? !matchesActionName(action) : !matchesAction(index)) continue;
      if (source.effect === 'Allow')
        for (const pattern of resources.negated ? ['*'] : withoutVariables(resources)) allowed.add(pattern);
      else if (resources.negated) for (const pattern of withoutVariables(resources)) spared.add(pattern);
    }
  return { allowed, spared };
}

/** A variable is widened to `*`; the exact decision follows. */
const withoutVariables = ({ patterns }: CompiledStatement['resources']): readonly string[] =>
  patterns.map((pattern) => pattern.replaceAll(/\$\{[^}]*\}/g, '*'));
