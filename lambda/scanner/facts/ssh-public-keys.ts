import { z } from 'zod';
import { type Instant, instantSchema } from '../model/instant.ts';
import { byItem } from './by-item.ts';
import type { Fact } from './fact.ts';

/** A public key with which a user signs in to CodeCommit. */
export interface SshPublicKey {
  readonly id: string;
  readonly active: boolean;
  readonly uploadedAt: Instant;
}

/** Reads `iam list-ssh-public-keys` of one user. */
export const sshPublicKeysSchema = z
  .object({
    SSHPublicKeys: z.array(z.object({ SSHPublicKeyId: z.string(), Status: z.string(), UploadDate: instantSchema })),
  })
  .transform(({ SSHPublicKeys }): readonly SshPublicKey[] =>
    SSHPublicKeys.map((key) => ({ id: key.SSHPublicKeyId, active: key.Status === 'Active', uploadedAt: key.UploadDate })),
  );

/** What `iam list-ssh-public-keys` prints, by user name. */
export const sshPublicKeys = {
  name: 'sshPublicKeys',
  schema: byItem(sshPublicKeysSchema),
  actions: ['iam:ListSSHPublicKeys'],
  awsCliFile: { folder: 'ssh-public-keys' },
  dependsOn: ['access'],
} as const satisfies Fact;
