import type { Identities } from '../facts/identity.ts';
import { missingParts } from '../facts/missing-parts.ts';
import type { Json } from '../model/json.ts';
import { parsePolicy } from '../policy/parse.ts';

/** What of the identities could not be read: elements, parts of them, documents, and what they name and the answer does not contain. */
export function unreadIdentities(identities: Identities): readonly string[] {
  const { users, groups, roles, policies, unread = [] } = identities;
  const holders = [...users, ...groups, ...roles];
  return [
    ...unread,
    ...[...holders, ...policies].flatMap((holder) => unreadPartsOf(holder).map((part) => `${part} of ${holder.arn}`)),
    ...holders.flatMap(({ arn, inlinePolicies }) =>
      inlinePolicies.flatMap(({ name, document }) => unreadDocument(`the inline policy ${name} of ${arn}`, document)),
    ),
    ...roles.flatMap(({ arn, trustPolicy }) => unreadDocument(`the trust policy of ${arn}`, trustPolicy)),
    ...policies.flatMap(({ arn, versions }) =>
      versions.flatMap(({ id, document }) => unreadDocument(`version ${id} of ${arn}`, document)),
    ),
    ...missingParts(identities).map(
      ({ holder, part, reason }) => `${part} of ${holder.arn}${reason === undefined ? '' : `: ${reason}`}`,
    ),
  ];
}

interface Holder {
  readonly arn: string;
  readonly id: string;
  readonly unreadPolicies?: readonly string[];
  readonly unreadParts?: readonly string[];
}

/** Without its unique ID an identity is known by its ARN, so that its findings of other scans have other IDs. */
const unreadPartsOf = ({ arn, id, unreadPolicies = [], unreadParts = [] }: Holder): readonly string[] => [
  ...unreadPolicies,
  ...unreadParts,
  ...(id === arn ? ['the unique ID'] : []),
];

function unreadDocument(label: string, document: Json): readonly string[] {
  const policy = parsePolicy(document);
  return policy.kind === 'malformed' ? [`${label}: ${policy.reason}`] : [];
}
