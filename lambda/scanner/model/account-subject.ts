import { rootArn } from './arn.ts';
import type { Resource } from './resource.ts';

interface Account {
  readonly accountId: string;
  readonly partition: string;
}

interface Only {
  readonly resource: Resource;
}

/** The account as a subject, for checks of account settings: the password policy, the contacts. */
export const accountSubject = ({ accountId }: Pick<Account, 'accountId'>): Only => ({
  // The form that Security Hub uses for an account.
  // https://docs.aws.amazon.com/securityhub/latest/userguide/asff-resources-attributes.html
  resource: { type: 'AwsAccount', arn: `AWS::::Account:${accountId}`, name: accountId, id: accountId },
});

/** The root user of the account as a subject. Security Hub has no resource type for it. */
export const rootSubject = ({ accountId, partition }: Account): Only => ({
  resource: { type: 'AwsIamUser', arn: rootArn(partition, accountId), name: 'root', id: 'root' },
});
