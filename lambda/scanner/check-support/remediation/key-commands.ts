import { cli } from '../../model/command.ts';
import type { SeenKey, UnseenKeys } from '../credentials/access-keys.ts';

/**
 * The command that deactivates an access key, which can be undone. The credential report has no key ids; if only the report is
 * available, a command that lists the ids comes first.
 */
export const deactivation = (key: SeenKey | UnseenKeys): string =>
  onKey(key, (named) => cli('iam update-access-key', { ...named, status: 'Inactive' }));

/** The command that deletes an access key, which cannot be undone. */
export const deletion = (key: SeenKey | UnseenKeys): string => onKey(key, (named) => cli('iam delete-access-key', named));

function onKey(key: SeenKey | UnseenKeys, command: (named: Readonly<Record<string, string>>) => string): string {
  const run = (id: string) => command({ 'user-name': key.user.name, 'access-key-id': id });
  return key.unseen === undefined && key.createdAt !== undefined
    ? run(key.resource.name)
    : `${cli('iam list-access-keys', { 'user-name': key.user.name })}, then ${run('KEY_ID')}`;
}
