import { z } from 'zod';
import { checks as allChecks } from '../../scanner/checks/index.ts';
import { type Aws, assumeRole } from '../../scanner/collect/aws.ts';
import { type Config, isEnabled } from '../../scanner/config.ts';
import { openStore } from '../../scanner/deliver/aws-store.ts';
import { openOrganizationStore } from '../../scanner/deliver/organization-store.ts';
import type { Store } from '../../scanner/deliver/store.ts';
import type { Check } from '../../scanner/check.ts';
import { sessionPolicy } from '../../scanner/permissions.ts';
import type { OrganizationState } from '../contract.ts';
import { type OrganizationSettings, readBundledConfig, readOrganizationEnvironment } from '../environment.ts';
import { timeLeft } from '../finish-scan.ts';
import { type Invocation, accountOf, consoleAddress } from '../invocation.ts';
import { type Telemetry, openTelemetry } from '../telemetry.ts';
import type { AccountEvent, OrganizationPorts, RunEvent } from './ports.ts';
import type { PlanEvent } from './run-plan.ts';

/** What a state needs for its ports. */
export interface StateContext extends OrganizationPorts {
  readonly settings: OrganizationSettings;
  readonly store: Store;
  /** The address of an object of the store in the console of S3. */
  readonly consoleAddress: (key: string) => string;
  readonly telemetry: Telemetry;
  readonly config: Config;
  /** The checks that the configuration enables. */
  readonly checks: readonly Check[];
  /** The scanning account. */
  readonly home: string;
  /** The remaining time of the invocation, in milliseconds. */
  readonly remaining: () => number;
  /** Aborts shortly before the end of that time. Then all requests fail, and the state fails with an error that says so. */
  readonly until: AbortSignal;
}

// For the log lines. Lambda would stop the function without a word.
const MILLISECONDS_AT_THE_END = 5_000;

/** Reads a {@link RunEvent}. */
export const runSchema = z.object({
  run: z.object({
    id: z.string().regex(/^[^/]{1,80}$/, 'must be the name of an execution'),
    startedAt: z.iso.datetime({ offset: true }),
  }),
}) satisfies z.ZodType<RunEvent>;

const accountId = z.string().regex(/^\d{12}$/, 'must be an account ID');

/** Reads an {@link AccountEvent}. */
export const accountSchema = runSchema.extend({ account: accountId }) satisfies z.ZodType<AccountEvent>;

/** Reads a {@link PlanEvent}. An execution can be started with any input; all that matters of it is a list of accounts. */
export const planSchema = runSchema
  .extend({
    input: z
      .unknown()
      .transform((input) => (typeof input === 'object' && input !== null && 'accounts' in input ? input.accounts : undefined))
      .pipe(z.array(accountId).min(1).optional())
      .optional(),
  })
  .transform(({ run, input: accounts }) => ({ run, accounts })) satisfies z.ZodType<PlanEvent>;

/**
 * Creates the handler of one state of an organization scan. Errors are logged and thrown again, so that Step Functions retries.
 *
 * @throws z.ZodError when the event does not have the form that the state machine sends.
 */
export const stateHandler =
  <E extends RunEvent, R>(
    state: OrganizationState,
    schema: z.ZodType<E>,
    work: (event: E, context: StateContext) => Promise<R>,
  ) =>
  async (sent: unknown, invocation: Invocation): Promise<R> => {
    const { env } = process;
    const telemetry = openTelemetry(env['AWS_LAMBDA_FUNCTION_NAME'] ?? state, invocation.awsRequestId);
    try {
      const event = schema.parse(sent);
      const settings = readOrganizationEnvironment(env);
      const config = await readBundledConfig(settings);
      const home = accountOf(invocation);
      const remaining = invocation.getRemainingTimeInMillis;
      const until = timeLeft({ remaining }, MILLISECONDS_AT_THE_END);
      const store = openStore({ bucket: settings.bucket, owner: home, until });
      return await work(event, {
        ...{ settings, store, kept: openOrganizationStore(store, event.run), telemetry },
        ...{ config, checks: allChecks.filter((check) => isEnabled(check, config)), home },
        ...{ remaining, until, consoleAddress: (key) => consoleAddress(invocation, settings.bucket, key) },
      });
    } catch (error) {
      telemetry.crash(error);
      throw error;
    }
  };

/** Assumes the role of one account. The session is limited to these actions. */
export const actIn = (
  aws: Aws,
  accountId: string,
  { role: roleName, externalId }: OrganizationSettings,
  actions: readonly string[],
): Promise<Aws> => assumeRole(aws, { accountId, roleName, externalId, sessionPolicy: sessionPolicy(actions) });
