import type { AccountSummary } from '../facts/account-summary.ts';
import { type CredentialReport, newestDate } from '../facts/credential-report.ts';
import type { Identities } from '../facts/identity.ts';
import type { RawFactName } from '../facts/index.ts';
import type { Snapshot } from '../facts/snapshot.ts';
import { ifCollected } from '../model/observed.ts';

/**
 * Why lists of the account are not complete, by fact: AWS counts more than they contain, or one names what another lacks. AWS counts
 * at about the time at which it lists. The credential report can be hours older: it lacks users that are newer, and has users that were
 * deleted since.
 */
export function incompleteLists({
  identities,
  accountSummary,
  credentialReport,
  serverCertificates,
  samlProviders,
  oidcProviders,
}: Snapshot['facts']): ReadonlyMap<RawFactName, readonly string[]> {
  const summary: AccountSummary = accountSummary.status === 'collected' ? accountSummary.value : {};
  const report = ifCollected(credentialReport);
  const lists: [RawFactName, readonly string[]][] = [];
  if (identities.status === 'collected') lists.push(['identities', lessThanCounted(identities.value, summary)]);
  if (report !== undefined && identities.status === 'collected')
    lists.push(['credentialReport', rowsMissing(identities.value, report)]);
  if (serverCertificates.status === 'collected')
    lists.push(['serverCertificates', short('server certificates', summary.serverCertificates, serverCertificates.value.length)]);
  if (samlProviders.status === 'collected' && oidcProviders.status === 'collected') {
    const providers = short('identity providers', summary.identityProviders, samlProviders.value.size + oidcProviders.value.size);
    lists.push(['samlProviders', providers], ['oidcProviders', providers]);
  }
  return new Map(lists);
}

const short = (what: string, counted: number | undefined, listed: number): readonly string[] =>
  counted !== undefined && counted > listed ? [`AWS counts ${counted} ${what}, and ${listed} are listed`] : [];

function lessThanCounted(identities: Identities, counts: AccountSummary): readonly string[] {
  const { users, groups, roles, policies, unread = [] } = identities;
  const withUnread = (list: string, items: readonly unknown[]) =>
    items.length + unread.filter((place) => place.startsWith(`${list}[`)).length;
  const own = policies.filter(({ arn }) => !isOfAws(arn));
  return [
    ...short('users', counts.users, withUnread('UserDetailList', users)),
    ...short('groups', counts.groups, withUnread('GroupDetailList', groups)),
    ...short('roles', counts.roles, withUnread('RoleDetailList', roles)),
    ...short('customer managed policies', counts.policies, withUnread('Policies', own)),
    ...attachmentsMissing(identities),
  ];
}

const isOfAws = (arn: string): boolean => /^arn:[^:]+:iam::aws:/.test(arn);

/** AWS counts how often a policy is attached or is a permissions boundary: if that is more, an identity or its policies are missing. */
function attachmentsMissing({ users, groups, roles, policies }: Identities): readonly string[] {
  const attached = tally(
    [...users, ...groups, ...roles].flatMap(({ attachedPolicies }) => attachedPolicies.map(({ arn }) => arn)),
  );
  const boundaries = tally([...users, ...roles].flatMap(({ boundaryArn }) => boundaryArn ?? []));
  return policies.flatMap(({ arn, attachmentCount, boundaryUsageCount }) => [
    ...short(`attachments of ${arn}`, attachmentCount, attached.get(arn) ?? 0),
    ...short(`uses of ${arn} as a permissions boundary`, boundaryUsageCount, boundaries.get(arn) ?? 0),
  ]);
}

function tally(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** Every report has the row of the root user, and those of all users that were there when it was made. */
function rowsMissing({ users }: Identities, report: CredentialReport): readonly string[] {
  const madeAt = report.generatedAt ?? newestDate(report);
  return [
    ...(report.root === undefined ? ['the row of the root user'] : []),
    ...users
      .filter(({ name, createdAt = Infinity }) => createdAt < madeAt && !report.rows.has(name))
      .map(({ name }) => `the row of user ${name}`),
  ];
}
