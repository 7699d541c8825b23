import { AccountClient } from '@aws-sdk/client-account';
import { IAMClient } from '@aws-sdk/client-iam';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { type HandlerSettings, RequestHandler, type RequestLimits } from '../requests/request-handler.ts';
import { type Caller, whoIsCalling } from './caller.ts';
import { namedProfile, requireCredentialsOf } from './named-profile.ts';

/** The profile and Region to use. Defaults come from the environment and the profile, as for the AWS CLI. */
export interface AwsOptions extends RequestLimits {
  readonly profile?: string;
  readonly region?: string;
}

/** The settings of a client, so that all clients share credentials, limiter and request counter. */
export interface ClientSettings {
  readonly region: string;
  readonly credentials: IAMClient['config']['credentials'];
  readonly retryMode: 'adaptive';
  readonly maxAttempts: number;
  readonly requestHandler: NodeHttpHandler;
}

/** The AWS clients of one scan, which share one limiter and one request counter. */
export interface Aws extends Caller {
  /** The Region from the option, the environment or the profile. Absent if none of them sets one. */
  readonly region?: string;
  readonly iam: IAMClient;
  readonly account: AccountClient;
  readonly organizations: OrganizationsClient;
  readonly sts: STSClient;
  /** The limits of every request, also of those in other accounts. */
  readonly limits: RequestLimits;
  /** The settings for a client of another service. Default: the Region of the scan. */
  readonly settingsIn: (region?: string) => ClientSettings;
  /** Requests sent so far, including retries. */
  readonly calls: () => number;
}

// IAM throttles each account, and the customer's own automation shares that quota. So few requests run in parallel.
const CONCURRENCY = 5;
const MAX_ATTEMPTS = 12;
// Without network, or with a mistyped Region, the error should not take a minute.
const FIRST_ATTEMPTS = 4;
// IAM is global: any Region of the partition works. The default is the commercial partition.
const DEFAULT_REGION = 'us-east-1';

/**
 * Opens the clients and asks AWS for the caller's identity.
 *
 * @throws UsageError when the named profile gives no credentials, AWS accepts none, or cannot be reached.
 */
export async function connect({ profile, region, ...limits }: AwsOptions = {}): Promise<Aws> {
  const named = await namedProfile(profile);
  const options = { ...(profile === undefined ? {} : { profile }), ...(region === undefined ? {} : { region }) };
  const where = { ...options, logger: silence };
  const requestHandler = new RequestHandler(handlerSettings(limits));
  const chosenRegion = region ?? (await configuredRegion(where));
  const homeRegion = chosenRegion ?? DEFAULT_REGION;
  const shared = { retryMode: 'adaptive', maxAttempts: MAX_ATTEMPTS, requestHandler } as const;
  const common = { ...where, ...shared, region: homeRegion };
  const clients = openClients(common);
  const caller = await whoIsCalling(new STSClient({ ...common, retryMode: 'standard', maxAttempts: FIRST_ATTEMPTS }), profile);
  const { credentials } = clients.iam.config;
  requireCredentialsOf(named, await credentials());
  const settingsIn = (other = homeRegion): ClientSettings => ({ ...shared, region: other, credentials });
  const chosen = chosenRegion === undefined ? {} : { region: chosenRegion };
  return { ...clients, ...caller, ...chosen, limits, settingsIn, calls: () => requestHandler.requests };
}

/** The settings of a client. Without credentials, the SDK looks for them. */
type OpenSettings = Pick<AwsOptions, 'profile' | 'region'> &
  Omit<ClientSettings, 'credentials'> & { readonly logger: typeof silence; readonly credentials?: () => Promise<Session> };

/** Temporary credentials. */
interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** The first client caches the credentials and renews them before they expire. The other clients use it. */
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
  /** The name, with its path if it has one. */
  readonly roleName: string;
  readonly externalId?: string;
  /** The session policy, which limits the session: a policy document of at most 2,048 characters. */
  readonly sessionPolicy: string;
}

/**
 * Opens clients that use a role in another account of the same partition. They have their own limiter and counter, because IAM throttles
 * each account separately.
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
  const requestHandler = new RequestHandler(handlerSettings(aws.limits));
  const { region } = aws.settingsIn();
  const shared = { retryMode: 'adaptive', maxAttempts: MAX_ATTEMPTS, requestHandler, logger: silence } as const;
  const clients = openClients({ ...shared, region, credentials });
  const known = clients.iam.config.credentials;
  const settingsIn = (other = region): ClientSettings => ({ ...shared, region: other, credentials: known });
  return {
    ...clients,
    partition: aws.partition,
    accountId,
    limits: aws.limits,
    settingsIn,
    calls: () => requestHandler.requests,
  };
}

const handlerSettings = (limits: RequestLimits): HandlerSettings => ({
  ...limits,
  concurrency: CONCURRENCY,
  purpose: 'collect it',
});

const ignore = () => undefined;
// The SDK warns on the console if a profile overrides keys in the environment. A user who sets a profile wants that.
const silence = { debug: ignore, info: ignore, warn: ignore, error: ignore };

const configuredRegion = (where: AwsOptions): Promise<string | undefined> =>
  new STSClient(where).config.region().catch(() => undefined);
