import { readFile } from 'node:fs/promises';
import packageJson from '../../package.json' with { type: 'json' };
import { analyse } from '../scanner/access/analyse.ts';
import { checks as allChecks } from '../scanner/checks/index.ts';
import { connect } from '../scanner/collect/aws.ts';
import { collect } from '../scanner/collect/collect.ts';
import { type Config, defaultConfig, isEnabled, parseConfig } from '../scanner/config.ts';
import { openSecurityHub } from '../scanner/deliver/aws-security-hub.ts';
import { openStore } from '../scanner/deliver/aws-store.ts';
import { type Settings, readEnvironment } from './environment.ts';
import { type NightlyResult, runNightly } from './run-nightly.ts';
import { openTelemetry } from './telemetry.ts';

/** What Lambda says of an invocation, as far as it is used. */
export interface Invocation {
  readonly awsRequestId: string;
  readonly getRemainingTimeInMillis: () => number;
}

/**
 * The Lambda function: scans the account that it runs in. The event is not read, so that whoever may invoke it can choose nothing.
 *
 * @throws Error when it could not scan at all: Lambda tries twice more, and then leaves the event in the dead-letter queue.
 */
export async function handler(_event: unknown, { awsRequestId, getRemainingTimeInMillis }: Invocation): Promise<NightlyResult> {
  const { env } = process;
  const telemetry = openTelemetry(env['AWS_LAMBDA_FUNCTION_NAME'] ?? 'iam-vigil', awsRequestId);
  try {
    const result = await scanAccount(readEnvironment(env), awsRequestId, getRemainingTimeInMillis);
    telemetry.result(result);
    return result;
  } catch (error) {
    telemetry.crash(error);
    throw error;
  }
}

async function scanAccount(settings: Settings, runId: string, remaining: () => number): Promise<NightlyResult> {
  const { bucket, deliver, findingsRegion } = settings;
  const config = await readConfig(settings);
  const checks = allChecks.filter((check) => isEnabled(check, config));
  return runNightly(
    {
      now: () => Date.now(),
      remaining,
      collect: async ({ until, ...wanted }) => collect(await connect({ until }), { ...wanted, analyse }),
      store: openStore(bucket),
      hub: deliver === 'none' ? undefined : openSecurityHub({ region: findingsRegion }),
    },
    { runId, checks, config, version: packageJson.version },
  );
}

const readConfig = async ({ configFile }: Settings): Promise<Config> =>
  configFile === undefined ? defaultConfig : parseConfig(await readFile(configFile, 'utf8'), allChecks, configFile);
