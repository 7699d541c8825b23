import type { Check } from '../check.ts';
import { derivedFrom, partsBehind } from '../facts/derived.ts';
import { type RawFactName, rawFactNames, rawFacts } from '../facts/index.ts';
import { type OrganizationPart, organizationParts } from '../facts/organization-parts/index.ts';
import type { OrganizationSnapshot } from '../facts/organization-parts/organization-snapshot.ts';
import type { GuardrailPolicy } from '../facts/organization-parts/policies.ts';
import type { OrganizationResourcePolicy } from '../facts/organization-parts/resource-policy.ts';
import type { FactName, Snapshot } from '../facts/snapshot.ts';
import type { Observed } from '../model/observed.ts';
import type { UnreadData } from '../model/report.ts';
import { parsePolicy } from '../policy/parse.ts';
import { incompleteLists } from './complete-lists.ts';
import { isByItem } from './coverage.ts';
import { unreadIdentities } from './unread-identities.ts';

/** A fact, or a part of the organization, that was not read completely. */
export interface Unread {
  readonly fact: FactName | OrganizationPart;
  /** What of it, with the reasons. */
  readonly elements: readonly string[];
  /** Whether the scan should have read it. */
  readonly isWanted: boolean;
}

/** What the scan of an account was given. */
export interface GivenData {
  readonly facts: Snapshot['facts'];
  /** Absent if the account was scanned without its organization. */
  readonly organization?: OrganizationSnapshot | undefined;
  /** Whether it is known which account reports the findings of the organization. */
  readonly isReporterKnown: boolean;
  /** Whether there is an earlier snapshot. */
  readonly hasPrevious: boolean;
}

/** What could not be read of everything that the checks of an account are given. */
export function unreadIn({ facts, organization, isReporterKnown, hasPrevious }: GivenData): readonly Unread[] {
  const incomplete = incompleteLists(facts);
  return [
    ...rawFactNames.flatMap((name) => toUnread(name, unreadElements(name, facts, incomplete), isWanted(facts[name]))),
    ...(organization === undefined
      ? unseenOrganization('the organization was not scanned')
      : organizationParts.flatMap((name) => toUnread(name, elementsOfPart(name, organization), true))),
    // This account may be the one, and have such findings from an earlier scan.
    ...(organization === undefined || isReporterKnown ? [] : unseenOrganization('which account is the management account')),
    ...(hasPrevious ? [] : [{ fact: 'previous', elements: ['no earlier snapshot was given'], isWanted: false } as const]),
  ];
}

const toUnread = (fact: Unread['fact'], elements: readonly string[], wanted: boolean): readonly Unread[] =>
  elements.length === 0 ? [] : [{ fact, elements, isWanted: wanted }];

/** A fact that is not in the files, or was not asked for, has no action. */
const isWanted = (fact: Observed<unknown>): boolean => fact.status === 'collected' || fact.action !== undefined;

const unseenOrganization = (reason: string): readonly Unread[] =>
  (['wholeOrganization', 'listedAccounts'] as const).map((fact) => ({ fact, elements: [reason], isWanted: false }));

/** What of a fact could not be read, or is missing in it. */
export const unreadElements = (
  name: RawFactName,
  facts: Snapshot['facts'],
  incomplete = incompleteLists(facts),
): readonly string[] => [...elementsOf(name, facts), ...(incomplete.get(name) ?? [])];

function elementsOf(name: RawFactName, facts: Snapshot['facts']): readonly string[] {
  const fact: Observed<unknown> = facts[name];
  if (fact.status === 'unavailable') return [fact.reason];
  const { identities } = facts;
  if (name === 'identities' && identities.status === 'collected') return unreadIdentities(identities.value);
  const { serviceCredentials } = facts;
  if (name === 'serviceCredentials' && serviceCredentials.status === 'collected')
    return serviceCredentials.value.flatMap(({ unread = [] }) => unread);
  return isByItem(fact.value)
    ? [...fact.value].flatMap(([item, answer]) => (answer.status === 'unavailable' ? [`${item}: ${answer.reason}`] : []))
    : [];
}

/** What of a part of the organization could not be read. */
export function elementsOfPart(name: OrganizationPart, organization: OrganizationSnapshot): readonly string[] {
  const part = organization[name];
  if (part.status === 'unavailable') return [part.reason];
  const { Accounts, OrganizationalUnits, Policies, ResourcePolicy, PermissionSets } = organization;
  if (name === 'Accounts' && Accounts.status === 'collected')
    return Accounts.value.flatMap(({ id, state, ancestors, parentId }) => [
      ...((ancestors ?? parentId) === undefined ? [`where account ${id} is`] : []),
      ...(state === 'UNKNOWN' ? [`the state of account ${id}`] : []),
    ]);
  if (name === 'OrganizationalUnits' && OrganizationalUnits.status === 'collected')
    return OrganizationalUnits.value.flatMap(({ id, parentId }) => (parentId === undefined ? [`where unit ${id} is`] : []));
  if (name === 'Policies' && Policies.status === 'collected') return Policies.value.flatMap(unreadPolicy);
  if (name === 'ResourcePolicy' && ResourcePolicy.status === 'collected')
    return ResourcePolicy.value === undefined ? [] : unreadDocument(ResourcePolicy.value);
  if (name === 'PermissionSets' && PermissionSets.status === 'collected')
    return PermissionSets.value.flatMap(({ name: set, grants }) =>
      grants.status === 'unavailable' ? [`${set}: ${grants.reason}`] : [],
    );
  return [];
}

function unreadDocument({ arn, document }: OrganizationResourcePolicy): readonly string[] {
  const parsed = parsePolicy(document);
  return parsed.kind === 'malformed' ? [`${arn}: ${parsed.reason}`] : [];
}

function unreadPolicy({ id, name, document, lacksTargets }: GuardrailPolicy): readonly string[] {
  const parsed =
    document.status === 'collected' ? parsePolicy(document.value) : ({ kind: 'malformed', reason: document.reason } as const);
  return [
    ...(parsed.kind === 'malformed' ? [`${name || id}: ${parsed.reason}`] : []),
    ...(lacksTargets ? [`where ${name || id} is attached`] : []),
  ];
}

/** The facts and the parts of the organization on which the results of a check depend. `read`: the parts that it read itself. */
function inputsOf({ needs }: Pick<Check, 'needs'>, read: ReadonlySet<OrganizationPart>): ReadonlySet<Unread['fact']> {
  const inputs = new Set<Unread['fact']>(read);
  const add = (name: FactName) => {
    if (inputs.has(name)) return;
    inputs.add(name);
    (isRaw(name) ? rawFacts[name].dependsOn : derivedFrom[name]).forEach(add);
  };
  needs.forEach(add);
  for (const name of needs) for (const part of isRaw(name) ? [] : partsBehind[name]) inputs.add(part);
  return inputs;
}

const isRaw = (name: FactName): name is RawFactName => Object.hasOwn(rawFacts, name);

/** The most elements that a report names of one fact. */
const MOST_NAMED = 20;

/** What was not read in the account, each with the checks that depend on it. What no check depends on is left out. */
export function unreadFor(
  account: string,
  checks: readonly Pick<Check, 'id' | 'needs'>[],
  unread: readonly Unread[],
  partsRead: ReadonlyMap<string, ReadonlySet<OrganizationPart>>,
): readonly UnreadData[] {
  const inputs = checks.map((check) => [check.id, inputsOf(check, partsRead.get(check.id) ?? new Set())] as const);
  return unread.flatMap(({ fact, elements, isWanted: wanted }) => {
    const depending = inputs.flatMap(([id, names]) => (names.has(fact) ? [id] : []));
    if (depending.length === 0) return [];
    return [
      { account, fact, isWanted: wanted, elements: elements.slice(0, MOST_NAMED), count: elements.length, checks: depending },
    ];
  });
}
