import { cli } from '../../model/command.ts';
import type { SeenKey, UnseenKeys } from './access-keys.ts';

/**
 * The command that stops an access key, which one that starts it again can undo; where only the credential report is at hand, which
 * knows no key ids, the command that lists them.
 */
export const deactivation = (key: SeenKey | UnseenKeys): string =>
  key.unseen === undefined && key.createdAt !== undefined
    ? cli('iam update-access-key', { 'user-name': key.user.name, 'access-key-id': key.resource.name, status: 'Inactive' })
    : cli('iam list-access-keys', { 'user-name': key.user.name });
