import { cli } from '../../model/command.ts';
import type { SeenKey, UnseenKeys } from '../credentials/access-keys.ts';

/**
 * The command that deactivates an access key, which can be undone. The credential report has no key ids; if only the report is
 * available, a command that lists the ids comes first.
 */
export const deactivation = (key: SeenKey | UnseenKeys): string => onKey(key, 'update-access-key', { status: 'Inactive' });

/** The command that deletes an access key, which cannot be undone. */
export const deletion = (key: SeenKey | UnseenKeys): string => onKey(key, 'delete-access-key');

function onKey(key: SeenKey | UnseenKeys, command: string, options: Readonly<Record<string, string>> = {}): string {
  const run = (id: string) => cli(`iam ${command}`, { 'user-name': key.user.name, 'access-key-id': id, ...options });
  return key.unseen === undefined && key.createdAt !== undefined
    ? run(key.resource.name)
    : `${cli('iam list-access-keys', { 'user-name': key.user.name })}, then ${run('KEY_ID')}`;
}
