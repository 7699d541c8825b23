import { type CheckContext, type Judgement, type Subject, unknown } from '../../check.ts';
import { accountSubject } from '../../model/account-subject.ts';
import { MAX_HEADLINE, shortenMiddle } from '../../model/headline.ts';
import type { Facts } from '../../facts/snapshot.ts';
import type { OrganizationSnapshot } from '../../facts/organization-parts/organization-snapshot.ts';
import type { OrganizationPart } from '../../facts/organization-parts/index.ts';
import type { Observed } from '../../model/observed.ts';
import { GRANT_ACCESS } from '../remediation/missing-data.ts';

/** Something of the organization to judge, or the reason why it could not be collected. */
export type OrganizationSubject<T> = Subject & ({ readonly item: T } | { readonly unseen: string });

type Seen<Part extends OrganizationPart> = Extract<OrganizationSnapshot[Part], { readonly status: 'collected' }>['value'];

/**
 * The items of a part of the organization, each with its own ID. If the part, some of it, or another part that decides about its
 * items could not be collected, one subject for that. Only the account that reports for the organization has any.
 */
export function organizationSubjects<Part extends OrganizationPart, T>(
  { wholeOrganization }: Pick<Facts, 'wholeOrganization'>,
  context: CheckContext,
  part: Part,
  list: (
    value: Seen<Part>,
    organization: OrganizationSnapshot,
  ) => readonly ({ readonly item: T; readonly id: string } | { readonly unseen: string })[],
  others: readonly OrganizationPart[] = [],
): readonly OrganizationSubject<T>[] {
  if (wholeOrganization === undefined) return [];
  const { resource } = accountSubject(context);
  const seen: Observed<unknown> = wholeOrganization[part];
  if (seen.status === 'unavailable') return [{ resource, unseen: `${part}: ${seen.reason}` }];
  for (const other of others) {
    const observed: Observed<unknown> = wholeOrganization[other];
    if (observed.status === 'unavailable') return [{ resource, unseen: `${other}: ${observed.reason}` }];
  }
  // The value has the type of the part that it was read from.
  return list(seen.value as Seen<Part>, wholeOrganization).map((listed) =>
    'unseen' in listed
      ? { resource, unseen: `${part}: ${listed.unseen}` }
      : { resource: { ...resource, id: listed.id }, item: listed.item },
  );
}

/** No name is shortened to less. */
const SHORTEST_NAME = 12;

/**
 * A headline about something of the organization. It ends with the account that reports it. If it is too long, the names in it lose
 * their middle, one after the other.
 */
export const ofOrganization = (
  headline: string,
  names: readonly string[],
  { accountId }: Pick<CheckContext, 'accountId'>,
): string =>
  names.reduce((text, name) => {
    const excess = text.length - MAX_HEADLINE;
    const length = Math.max(SHORTEST_NAME, name.length - excess);
    return excess > 0 ? text.replace(name, () => shortenMiddle(name, length)) : text;
  }, `${headline} (organization of ${accountId})`);

/** A longer service principal does not fit into a headline. */
const LONGEST_SERVICE = 36;

/** A service in a headline: its service principal, without the domain of AWS if it is long. */
export const serviceInHeadline = (servicePrincipal: string): string =>
  servicePrincipal.length > LONGEST_SERVICE ? servicePrincipal.replace(/\.amazonaws\.com$/, '') : servicePrincipal;

/** Judges what was collected; the rest is unknown. */
export const judgeSeen = <T>(subject: OrganizationSubject<T>, judge: (item: T) => Judgement): Judgement =>
  'unseen' in subject ? unknown(subject.unseen) : judge(subject.item);

/** The next step for what was collected; the rest must be collected first. */
export const stepForSeen = <T>(subject: OrganizationSubject<T>, step: (item: T) => string): string =>
  'unseen' in subject ? GRANT_ACCESS : step(subject.item);
