import type { Group, Identities, ManagedPolicy, Role, User } from '../facts/identity.ts';
import { isSame } from './is-same.ts';
import { type InBoth, pairBy } from './identity-pairs.ts';

/** The managed policies and groups that changed, by what identities say of them. */
export interface ChangedSources {
  readonly policies: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
}

/** Managed policies with another document in force, and groups with other policies. New and deleted ones count. */
export function changedSources(before: Identities, after: Identities): ChangedSources {
  const policies = changed(before.policies, after.policies, ({ arn }) => arn, defaultDocument);
  const isTouchedGroup = (was: Group, is: Group) =>
    hasOtherPolicies(was, is) || is.attachedPolicies.some(({ arn }) => policies.has(arn));
  const groups = pairBy(before.groups, after.groups, ({ name }) => name);
  return {
    policies,
    groups: new Set([
      ...[...groups.added, ...groups.removed].map(({ name }) => name),
      ...groups.both.flatMap((both) => (isTouchedGroup(both.before, both.after) ? both.after.name : [])),
    ]),
  };
}

/** The document of a managed policy that is in force. */
export const defaultDocument = ({ versions }: ManagedPolicy) => versions.find(({ isDefault }) => isDefault)?.document;

function changed<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (item: T) => string,
  contentOf: (item: T) => unknown,
): ReadonlySet<string> {
  const pairs = pairBy(before, after, keyOf);
  return new Set([
    ...[...pairs.added, ...pairs.removed].map(keyOf),
    ...pairs.both.flatMap((both) => (isSame(contentOf(both.before), contentOf(both.after)) ? [] : keyOf(both.after))),
  ]);
}

const hasOtherPolicies = (was: Group | User | Role, is: Group | User | Role): boolean =>
  !isSame(was.inlinePolicies, is.inlinePolicies) || !isSame(arnsOf(was), arnsOf(is));

const arnsOf = ({ attachedPolicies }: Pick<User, 'attachedPolicies'>): readonly string[] =>
  attachedPolicies.map(({ arn }) => arn).toSorted();

const groupsOf = (identity: User | Role): readonly string[] => ('groups' in identity ? identity.groups : []);

/** Whether anything changed that decides what the principal may do. */
export function isTouched({ before, after }: InBoth<User | Role>, { policies, groups }: ChangedSources): boolean {
  return (
    hasOtherPolicies(before, after) ||
    before.boundaryArn !== after.boundaryArn ||
    !isSame(groupsOf(before).toSorted(), groupsOf(after).toSorted()) ||
    [...before.attachedPolicies, ...after.attachedPolicies].some(({ arn }) => policies.has(arn)) ||
    groupsOf(after).some((group) => groups.has(group))
  );
}

/** What happened to the policies and groups of the principal, in words. */
export function differencesOf({ before, after }: InBoth<User | Role>, sources: ChangedSources): readonly string[] {
  const inline = pairBy(before.inlinePolicies, after.inlinePolicies, ({ name }) => name);
  const attachments = pairBy(before.attachedPolicies, after.attachedPolicies, ({ arn }) => arn);
  const groups = pairBy(groupsOf(before), groupsOf(after), (name) => name);
  return [
    ...groups.added.map((name) => `it joined group ${name}`),
    ...groups.removed.map((name) => `it left group ${name}`),
    ...attachments.added.map(({ name }) => `policy ${name} was attached`),
    ...attachments.removed.map(({ name }) => `policy ${name} was detached`),
    ...inline.added.map(({ name }) => `inline policy ${name} was added`),
    ...inline.removed.map(({ name }) => `inline policy ${name} was deleted`),
    ...inline.both.flatMap((both) =>
      isSame(both.before.document, both.after.document) ? [] : `inline policy ${both.after.name} was changed`,
    ),
    ...attachments.both.flatMap((both) => (sources.policies.has(both.after.arn) ? `policy ${both.after.name} was changed` : [])),
    ...groups.both.flatMap((both) => (sources.groups.has(both.after) ? `group ${both.after} has other policies` : [])),
  ];
}
