import { UsageError } from '../../lambda/scanner/errors.ts';
import type { OrganizationAccount } from '../../lambda/scanner/facts/organization-parts/listed-accounts.ts';
import { type FoundIdentity, identitiesIn, identitiesMeant } from '../../lambda/scanner/organization/find-identities.ts';
import type { Source } from './source.ts';

/** The most candidates that an error names. */
const NAMED = 5;

/** The kinds that have a verdict of their own. */
export const principalKinds: readonly FoundIdentity['kind'][] = ['user', 'role', 'root'];

/**
 * The one identity of the scanned accounts that a text means.
 *
 * @throws UsageError when there is none, or more than one.
 */
export function chosenIdentity(
  text: string,
  { snapshots }: Pick<Source, 'snapshots'>,
  kinds?: readonly FoundIdentity['kind'][],
): FoundIdentity {
  const among = identitiesIn(snapshots).filter(({ kind }) => kinds === undefined || kinds.includes(kind));
  const found = identitiesMeant(text, among);
  const [first] = found;
  if (first === undefined)
    throw new UsageError(
      `no user, role, group or policy of the scanned accounts has ${text} as its ARN, its name or a part of them`,
    );
  if (new Set(found.map(({ arn }) => arn)).size > 1)
    throw new UsageError(
      ambiguous(
        text,
        found.map(({ arn }) => arn),
      ),
    );
  return first;
}

/**
 * The ID of the one scanned account that a text means: its ID, its name or a part of them.
 *
 * @throws UsageError when there is none, or more than one.
 */
export function chosenAccount(text: string, { snapshots, organizationAccounts = [] }: Source): string {
  const names = new Map(organizationAccounts.map(({ id, name }: OrganizationAccount) => [id, name]));
  const scanned = snapshots.map(({ accountId }) => ({ id: accountId, name: names.get(accountId) ?? '' }));
  const part = text.toLowerCase();
  const exact = scanned.filter(({ id, name }) => id === text || name === text);
  const found =
    exact.length > 0 ? exact : scanned.filter(({ id, name }) => id.includes(part) || name.toLowerCase().includes(part));
  const [first] = found;
  if (first === undefined)
    throw new UsageError(`account ${text} was not scanned. Scanned accounts: ${scanned.map(({ id }) => id).join(', ')}`);
  if (found.length > 1)
    throw new UsageError(
      ambiguous(
        text,
        found.map(({ id, name }) => `${id} ${name}`),
      ),
    );
  return first.id;
}

const ambiguous = (text: string, found: readonly string[]): string => {
  const more = found.length > NAMED ? ` and ${found.length - NAMED} more` : '';
  return `${text} is not unique. It fits ${found.slice(0, NAMED).join(', ')}${more}`;
};
