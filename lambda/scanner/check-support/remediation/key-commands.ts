import { cli } from '../../model/command.ts';
import type { SeenKey, UnseenKeys } from '../credentials/access-keys.ts';

/**
 * The command that deactivates an access key, which can be undone. The credential report has no key ids; if only the report is
 * available, a command that lists the ids comes first.
 */
export const deactivation = (key: SeenKey | UnseenKeys): string =>
  key.unseen === undefined && key.createdAt !== undefined
    ? cli('iam update-access-key', { 'user-name': key.user.name, 'access-key-id': key.resource.name, status: 'Inactive' })
    : `${cli('iam list-access-keys', { 'user-name': key.user.name })}, then ${cli('iam update-access-key', { 'user-name': key.user.name, 'access-key-id': 'KEY_ID', status: 'Inactive' })}`;
