import type { CheckContext } from '../../model/check.ts';
import { cli } from '../../model/command.ts';

/**
 * The command by which the management account, or the delegated administrator of IAM, opens a session that may do nothing but
 * delete root's credentials in a member account.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html
 */
export const assumeRootToDeleteCredentials = ({ accountId, partition }: Pick<CheckContext, 'accountId' | 'partition'>): string =>
  cli('sts assume-root', {
    'target-principal': accountId,
    'task-policy-arn': `arn=arn:${partition}:iam::aws:policy/root-task/IAMDeleteRootUserCredentials`,
  });
