import type { Snapshot } from '../facts/snapshot.ts';
import { collected } from '../model/observed.ts';
import { type Place, isNamed } from './holders.ts';
import type { Declaration } from './planned-change.ts';

/** The access keys with those that are declared, for users whose keys are listed, or who have none. */
export function withAccessKeys(
  { accessKeys, credentialReport }: Pick<Snapshot['facts'], 'accessKeys' | 'credentialReport'>,
  declared: readonly Declaration[],
  { createdAt }: Place,
): Partial<Pick<Snapshot['facts'], 'accessKeys'>> {
  if (accessKeys.status === 'unavailable') return {};
  const keys = new Map(accessKeys.value);
  const rows = credentialReport.status === 'collected' ? [...credentialReport.value.rows.values()] : [];
  for (const key of declared) {
    if (key.kind !== 'access-key') continue;
    const row = rows.find(({ user }) => isNamed(key.user)({ name: user }));
    const userName = row?.user ?? key.user;
    const listed = keys.get(userName) ?? collected([]);
    const isKnown = keys.has(userName) || !row?.keys.some(({ active }) => active);
    if (listed.status === 'collected' && isKnown)
      keys.set(userName, collected([...listed.value, { id: key.id, userName, active: key.active, createdAt }]));
  }
  return { accessKeys: collected(keys) };
}
