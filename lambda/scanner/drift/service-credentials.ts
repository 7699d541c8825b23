import { userResource } from '../check-support/credentials/users.ts';
import type { ServiceCredential } from '../facts/service-credentials.ts';
import type { User } from '../facts/identity.ts';
import { type Change, isOfAdminOrBreakGlass } from '../model/change.ts';
import { toIso } from '../model/instant.ts';
import { type Comparison, type Pair, cannotCompare, factsOfBoth, standingOf } from './pair.ts';
import { pairBy } from './identity-pairs.ts';

const PART = 'service-credentials';

/** Service-specific credentials, such as API keys of Amazon Bedrock, that came or went. */
export function compareServiceCredentials(pair: Pair): Comparison {
  const facts = factsOfBoth(pair, ['identities', 'serviceCredentials']);
  if (facts.status === 'unavailable') return cannotCompare(PART, facts.reason);
  const users = new Map(facts.after.identities.users.map((user) => [user.name, user]));
  const [before, after] = [readable(facts.before.serviceCredentials), readable(facts.after.serviceCredentials)];
  const listed = pairBy(before, after, ({ id }) => id);
  const active = [
    ...listed.added.filter((credential) => credential.active),
    ...listed.both.flatMap((both) => (both.after.active && !both.before.active ? both.after : [])),
  ];
  const unread = [...facts.before.serviceCredentials, ...facts.after.serviceCredentials].flatMap((one) => one.unread ?? []);
  const change = (credential: ServiceCredential, isNew: boolean): readonly Change[] => {
    const user = users.get(credential.userName ?? '');
    return user === undefined ? [] : [changeOf(pair, user, credential, isNew)];
  };
  return {
    changes: [
      ...(unread.length > 0 ? [] : active).flatMap((credential) => change(credential, true)),
      ...(unread.length > 0 ? [] : listed.removed).flatMap((credential) => change(credential, false)),
    ],
    incomparable: unread.length > 0 ? [{ part: PART, reason: `it could not be read: ${[...new Set(unread)].join(', ')}` }] : [],
  };
}

const readable = (credentials: readonly ServiceCredential[]): readonly ServiceCredential[] =>
  credentials.filter(({ unread }) => unread === undefined);

function changeOf(pair: Pair, user: User, { id, service, createdAt }: ServiceCredential, isNew: boolean): Change {
  const standing = standingOf(pair, user);
  return {
    account: pair.after.snapshot.accountId,
    kind: isNew ? 'service-credential-added' : 'service-credential-removed',
    effect: isNew ? 'worse' : 'better',
    severity: isNew ? (isOfAdminOrBreakGlass(standing) ? 'HIGH' : 'MEDIUM') : 'INFORMATIONAL',
    resource: { ...userResource(user), id: `${user.id}/${id}` },
    ...{ principalArn: user.arn, ...standing },
    headline: `IAM user ${user.name} ${isNew ? 'has a new' : 'no longer has a'} credential for ${service}`,
    message: isNew ? `Its ID is ${id}.` : '',
    evidence: { credential: id, service, createdAt: toIso(createdAt) },
  };
}
