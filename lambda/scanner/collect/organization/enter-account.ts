import { type Aws, type RoleToAssume, assumeRole } from '../aws.ts';
import { FailedCall } from '../failure.ts';

/**
 * Opens clients for the account: the given ones if it is their own account, else clients that assume the role.
 *
 * @throws FailedCall when the role cannot be assumed.
 */
export async function enterAccount(aws: Aws, role: RoleToAssume): Promise<Aws> {
  if (role.accountId === aws.accountId) return aws;
  return assumeRole(aws, role).catch((error: unknown) => {
    throw new FailedCall(ASSUME_ROLE, error);
  });
}

const ASSUME_ROLE = 'sts:AssumeRole';
