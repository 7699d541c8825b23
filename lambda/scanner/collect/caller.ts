import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import { UsageError } from '../errors.ts';
import { parseArn } from '../model/arn.ts';
import { errorCode, isUnanswered, reasonOf } from './failure.ts';

/** The account and partition of the credentials. */
export interface Caller {
  readonly partition: string;
  readonly accountId: string;
}

/**
 * Asks AWS for the caller's identity, which needs no permission.
 *
 * @throws UsageError when there are no credentials, or AWS does not accept them or cannot be reached.
 */
export async function whoIsCalling(sts: STSClient, profile: string | undefined): Promise<Caller> {
  const identity = await sts.send(new GetCallerIdentityCommand({})).catch((error: unknown) => {
    throw new UsageError(`${problem(error, profile)}. To scan saved files instead, use --snapshot.`, { cause: error });
  });
  const partition = parseArn(identity.Arn ?? '')?.partition;
  if (partition === undefined || identity.Account === undefined)
    throw new UsageError('AWS did not return the account of the credentials. Run aws sts get-caller-identity to check them.');
  return { partition, accountId: identity.Account };
}

function problem(error: unknown, profile: string | undefined): string {
  const reason = reasonOf(error).replace(/\.$/, '');
  const isWithoutCredentials = errorCode(error) === 'CredentialsProviderError';
  if (!isWithoutCredentials && isUnanswered(error))
    return `AWS cannot be reached: ${reason}. Check the network, the proxy and the Region`;
  const what = isWithoutCredentials ? 'there are no AWS credentials' : 'AWS did not accept the credentials';
  const ofProfile = profile === undefined ? '' : ` of profile ${profile}`;
  return `${what}${ofProfile}: ${reason}. Choose a profile with --profile, or sign in again with aws login or aws sso login`;
}
