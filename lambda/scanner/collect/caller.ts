import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import { UsageError } from '../errors.ts';
import { parseArn } from '../model/arn.ts';
import { errorCode, isUnanswered, reasonOf } from './failure.ts';

/** Whose credentials these are. */
export interface Caller {
  readonly partition: string;
  readonly accountId: string;
}

/**
 * Asks AWS who is calling; this needs no permission.
 *
 * @throws UsageError when there are no credentials, AWS does not accept them, or AWS cannot be reached.
 */
export async function whoIsCalling(sts: STSClient, profile: string | undefined): Promise<Caller> {
  const identity = await sts.send(new GetCallerIdentityCommand({})).catch((error: unknown) => {
    throw new UsageError(`${problem(error, profile)}, or scan saved files with --snapshot.`, { cause: error });
  });
  const partition = parseArn(identity.Arn ?? '')?.partition;
  if (partition === undefined || identity.Account === undefined)
    throw new UsageError('AWS did not say which account is calling.');
  return { partition, accountId: identity.Account };
}

function problem(error: unknown, profile: string | undefined): string {
  const reason = reasonOf(error).replace(/\.$/, '');
  const isWithoutCredentials = errorCode(error) === 'CredentialsProviderError';
  if (!isWithoutCredentials && isUnanswered(error))
    return `AWS cannot be reached: ${reason}. Check the network, the proxy and the Region`;
  const what = isWithoutCredentials ? 'there are no AWS credentials' : 'AWS did not accept the credentials';
  const ofProfile = profile === undefined ? '' : ` of profile ${profile}`;
  return `${what}${ofProfile}: ${reason}. Choose a profile with --profile, sign in again (aws login, aws sso login)`;
}
