import type { CheckContext } from '../../check.ts';
import { cli } from '../../model/command.ts';

/**
 * The command that opens a root session in a member account. The session can only delete the root credentials. The management
 * account and the delegated administrator for IAM can run it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html
 */
export const assumeRootToDeleteCredentials = ({ accountId, partition }: Pick<CheckContext, 'accountId' | 'partition'>): string =>
  cli('sts assume-root', {
    'target-principal': accountId,
    'task-policy-arn': `arn=arn:${partition}:iam::aws:policy/root-task/IAMDeleteRootUserCredentials`,
  });
