import { AccountClient } from '@aws-sdk/client-account';
import { IAMClient } from '@aws-sdk/client-iam';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import pLimit from 'p-limit';
import { parseArn } from '../model/arn.ts';
import { UsageError } from '../errors.ts';
import { reasonOf } from './failure.ts';

/** Where and as whom to call AWS; what is absent comes from the environment and the profile, as for the AWS CLI. */
export interface AwsOptions {
  readonly profile?: string;
  readonly region?: string;
}

/** The AWS clients of one run, which share one limiter and one count of requests. */
export interface Aws {
  readonly iam: IAMClient;
  readonly account: AccountClient;
  readonly organizations: OrganizationsClient;
  readonly partition: string;
  readonly accountId: string;
  /** Requests sent so far, retries included. */
  readonly calls: () => number;
}

// IAM throttles by account, and the customer's own automation shares that allowance: few at a time, and slower when told so.
const CONCURRENCY = 5;
const MAX_ATTEMPTS = 12;
// IAM is global: any Region of the partition leads to it. Without one, the commercial partition is meant.
const DEFAULT_REGION = 'us-east-1';

/**
 * Opens the clients and asks AWS who is calling.
 *
 * @throws UsageError when there are no credentials that AWS accepts.
 */
export async function connect({ profile, region }: AwsOptions = {}): Promise<Aws> {
  const where = { ...(profile === undefined ? {} : { profile }), ...(region === undefined ? {} : { region }) };
  const requestHandler = new SharedHandler({ connectionTimeout: 5_000, requestTimeout: 60_000 });
  const common = {
    ...where,
    region: region ?? (await defaultRegion(where)),
    retryMode: 'adaptive',
    maxAttempts: MAX_ATTEMPTS,
    requestHandler,
  };
  const clients = {
    iam: new IAMClient(common),
    account: new AccountClient(common),
    organizations: new OrganizationsClient(common),
  };
  const caller = await whoIsCalling(new STSClient(common));
  return { ...clients, ...caller, calls: () => requestHandler.requests };
}

/** Sends the requests of all clients, a few at a time, and counts them, those that the SDK tries again included. */
class SharedHandler extends NodeHttpHandler {
  requests = 0;
  readonly #limit = pLimit(CONCURRENCY);

  override handle(...request: Parameters<NodeHttpHandler['handle']>): ReturnType<NodeHttpHandler['handle']> {
    this.requests += 1;
    return this.#limit(() => super.handle(...request));
  }
}

const defaultRegion = (where: AwsOptions): Promise<string> => new STSClient(where).config.region().catch(() => DEFAULT_REGION);

async function whoIsCalling(sts: STSClient): Promise<Pick<Aws, 'partition' | 'accountId'>> {
  const identity = await sts.send(new GetCallerIdentityCommand({})).catch((error: unknown) => {
    throw new UsageError(
      `AWS did not accept the credentials: ${reasonOf(error)}. Choose a profile with --profile, sign in again (aws login, aws sso login), or scan saved files with --snapshot.`,
      { cause: error },
    );
  });
  const partition = parseArn(identity.Arn ?? '')?.partition;
  if (partition === undefined || identity.Account === undefined)
    throw new UsageError('AWS did not say which account is calling.');
  return { partition, accountId: identity.Account };
}
