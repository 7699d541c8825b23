import { type CheckContext, type Judgement, type Subject, unknown } from '../../check.ts';
import { accountSubject } from '../../model/account-subject.ts';
import type { Facts } from '../../facts/snapshot.ts';
import type { OrganizationPart } from '../../facts/organization-parts/index.ts';
import type { OrganizationSnapshot } from '../../facts/organization-parts/organization-snapshot.ts';
import type { Observed } from '../../model/observed.ts';

/** Something of the Organization to judge, or what could not be seen of it. */
export type OrganizationSubject<T> = Subject & ({ readonly item: T } | { readonly unseen: string });

type Seen<Part extends OrganizationPart> = Extract<OrganizationSnapshot[Part], { readonly status: 'collected' }>['value'];

/**
 * The things that a part of the Organization holds, each with an id of its own; where the part could not be seen, the account stands
 * for all of them. In accounts that do not speak for the Organization there is nothing.
 */
export function inPart<Part extends OrganizationPart, T>(
  { wholeOrganization }: Pick<Facts, 'wholeOrganization'>,
  context: CheckContext,
  part: Part,
  list: (value: Seen<Part>, organization: OrganizationSnapshot) => readonly { readonly item: T; readonly id: string }[],
): readonly OrganizationSubject<T>[] {
  if (wholeOrganization === undefined) return [];
  const { resource } = accountSubject(context);
  const seen: Observed<unknown> = wholeOrganization[part];
  if (seen.status === 'unavailable') return [{ resource, unseen: `${part}: ${seen.reason}` }];
  // The part was found under its own name.
  return list(seen.value as Seen<Part>, wholeOrganization).map(({ item, id }) => ({ resource: { ...resource, id }, item }));
}

/** Judges what was seen; what was not is unknown. */
export const judgeSeen = <T>(subject: OrganizationSubject<T>, judge: (item: T) => Judgement): Judgement =>
  'unseen' in subject ? unknown(subject.unseen) : judge(subject.item);

/** The next step for what was seen; what was not is to be seen first. */
export const stepForSeen = <T>(subject: OrganizationSubject<T>, step: (item: T) => string): string =>
  'unseen' in subject ? 'Let the scan see it.' : step(subject.item);
