import { AccountClient } from '@aws-sdk/client-account';
import { IAMClient } from '@aws-sdk/client-iam';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import pLimit from 'p-limit';
import { type Caller, whoIsCalling } from './caller.ts';

/** Where and as whom to call AWS; what is absent comes from the environment and the profile, as for the AWS CLI. */
export interface AwsOptions {
  readonly profile?: string;
  readonly region?: string;
  /** Once it is aborted, requests that are under way and all that come after fail with {@link OutOfTime}. */
  readonly until?: AbortSignal;
}

/** What a client is made with, so that it shares the credentials, the limiter and the count of requests. */
export interface ClientSettings {
  readonly region: string;
  readonly credentials: IAMClient['config']['credentials'];
  readonly retryMode: 'adaptive';
  readonly maxAttempts: number;
  readonly requestHandler: NodeHttpHandler;
}

/** The AWS clients of one run, which share one limiter and one count of requests. */
export interface Aws extends Caller {
  /** The Region that was named, or that the environment or the profile has; absent where none of them says one. */
  readonly region?: string;
  readonly iam: IAMClient;
  readonly account: AccountClient;
  readonly organizations: OrganizationsClient;
  readonly sts: STSClient;
  /** Once it is aborted, requests fail. */
  readonly until?: AbortSignal;
  /** For a client of another service; without a Region, in the one that the run has. */
  readonly settingsIn: (region?: string) => ClientSettings;
  /** Requests sent so far, retries included. */
  readonly calls: () => number;
}

// IAM throttles by account, and the customer's own automation shares that allowance: few at a time, and slower when told so.
const CONCURRENCY = 5;
const MAX_ATTEMPTS = 12;
// Whoever has no network, or mistyped the Region, should not wait a minute to be told.
const FIRST_ATTEMPTS = 4;
// IAM is global: any Region of the partition leads to it. Without one, the commercial partition is meant.
const DEFAULT_REGION = 'us-east-1';

/**
 * Opens the clients and asks AWS who is calling.
 *
 * @throws UsageError when there are no credentials that AWS accepts, or AWS cannot be reached.
 */
export async function connect({ profile, region, until }: AwsOptions = {}): Promise<Aws> {
  const named = { ...(profile === undefined ? {} : { profile }), ...(region === undefined ? {} : { region }) };
  const where = { ...named, logger: silence };
  const requestHandler = new SharedHandler(until);
  const chosenRegion = region ?? (await configuredRegion(where));
  const homeRegion = chosenRegion ?? DEFAULT_REGION;
  const shared = { retryMode: 'adaptive', maxAttempts: MAX_ATTEMPTS, requestHandler } as const;
  const common = { ...where, ...shared, region: homeRegion };
  const clients = openClients(common);
  const caller = await whoIsCalling(new STSClient({ ...common, retryMode: 'standard', maxAttempts: FIRST_ATTEMPTS }), profile);
  const { credentials } = clients.iam.config;
  const settingsIn = (other = homeRegion): ClientSettings => ({ ...shared, region: other, credentials });
  const chosen = {
    ...(chosenRegion === undefined ? {} : { region: chosenRegion }),
    ...(until === undefined ? {} : { until }),
  };
  return { ...clients, ...caller, ...chosen, settingsIn, calls: () => requestHandler.requests };
}

/** What a request fails with once the time for collecting is up. The SDK does not try again after it. */
class OutOfTime extends Error {
  override readonly name = 'OutOfTime';

  constructor() {
    super('the time for collecting was up');
  }
}

/** Settings as they are given to a client; credentials are absent where the SDK is to look for them. */
type OpenSettings = AwsOptions &
  Omit<ClientSettings, 'credentials'> & { readonly logger: typeof silence; readonly credentials?: () => Promise<Session> };

/** Credentials that end. */
interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** The first client remembers the credentials, and fetches new ones before they end; the others ask it. */
function openClients(settings: OpenSettings) {
  const iam = new IAMClient(settings);
  const shared = { ...settings, credentials: iam.config.credentials };
  return {
    iam,
    account: new AccountClient(shared),
    organizations: new OrganizationsClient(shared),
    sts: new STSClient(shared),
  };
}

/** A role to assume in another account. */
export interface RoleToAssume {
  readonly accountId: string;
  /** Its name, with its path before it where it has one. */
  readonly roleName: string;
  readonly externalId?: string;
  /** What the session may do at most, whatever the role may: a policy document of no more than 2,048 characters. */
  readonly sessionPolicy: string;
}

/**
 * Opens clients that act as a role of another account of the partition, for as long as the others, with a limiter and a count of their
 * own: IAM throttles each account by itself.
 *
 * @throws Error of the SDK when the role cannot be assumed.
 */
export async function assumeRole(aws: Aws, { accountId, roleName, externalId, sessionPolicy }: RoleToAssume): Promise<Aws> {
  const assume = async (): Promise<Session> => {
    const { Credentials } = await aws.sts.send(
      new AssumeRoleCommand({
        RoleArn: `arn:${aws.partition}:iam::${accountId}:role/${roleName}`,
        RoleSessionName: 'iam-vigil',
        Policy: sessionPolicy,
        ...(externalId === undefined ? {} : { ExternalId: externalId }),
      }),
    );
    return {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      ...(Credentials?.SessionToken === undefined ? {} : { sessionToken: Credentials.SessionToken }),
      ...(Credentials?.Expiration === undefined ? {} : { expiration: Credentials.Expiration }),
    };
  };
  let first: Session | undefined = await assume();
  const credentials = async () => {
    const session = first ?? (await assume());
    first = undefined;
    return session;
  };
  const requestHandler = new SharedHandler(aws.until);
  const { region } = aws.settingsIn();
  const shared = { retryMode: 'adaptive', maxAttempts: MAX_ATTEMPTS, requestHandler, logger: silence } as const;
  const clients = openClients({ ...shared, region, credentials });
  const known = clients.iam.config.credentials;
  const settingsIn = (other = region): ClientSettings => ({ ...shared, region: other, credentials: known });
  return { ...clients, partition: aws.partition, accountId, settingsIn, calls: () => requestHandler.requests };
}

/** Sends the requests of all clients, a few at a time, and counts them, those that the SDK tries again included. */
class SharedHandler extends NodeHttpHandler {
  requests = 0;
  readonly #limit = pLimit(CONCURRENCY);
  readonly #until: AbortSignal | undefined;

  constructor(until: AbortSignal | undefined) {
    super({ connectionTimeout: 5_000, requestTimeout: 60_000 });
    this.#until = until;
  }

  override handle(...[request, options]: Parameters<NodeHttpHandler['handle']>): ReturnType<NodeHttpHandler['handle']> {
    return this.#limit(() => this.#send(request, options));
  }

  async #send(...[request, options]: Parameters<NodeHttpHandler['handle']>): ReturnType<NodeHttpHandler['handle']> {
    const abortSignal = this.#until;
    if (abortSignal === undefined) return this.#count(request, options);
    if (abortSignal.aborted) throw new OutOfTime();
    return this.#count(request, { ...options, abortSignal }).catch((error: unknown) => {
      throw abortSignal.aborted ? new OutOfTime() : error;
    });
  }

  #count(...request: Parameters<NodeHttpHandler['handle']>): ReturnType<NodeHttpHandler['handle']> {
    this.requests += 1;
    return super.handle(...request);
  }
}

const ignore = () => undefined;
// The SDK warns on the console that a profile wins over keys in the environment; whoever names a profile means it to.
const silence = { debug: ignore, info: ignore, warn: ignore, error: ignore };

const configuredRegion = (where: AwsOptions): Promise<string | undefined> =>
  new STSClient(where).config.region().catch(() => undefined);
