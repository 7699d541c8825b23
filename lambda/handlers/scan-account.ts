import packageJson from '../../package.json' with { type: 'json' };
import { analyze } from '../scanner/escalation/analyze.ts';
import { checks as allChecks } from '../scanner/checks/index.ts';
import { connect } from '../scanner/collect/aws.ts';
import { collect } from '../scanner/collect/collect.ts';
import { isEnabled } from '../scanner/config.ts';
import { openEventBus, openTopic } from '../scanner/deliver/aws-messages.ts';
import { openSecurityHub } from '../scanner/deliver/aws-security-hub.ts';
import { openStore } from '../scanner/deliver/aws-store.ts';
import { type Settings, readBundledConfig, readEnvironment } from './environment.ts';
import { type Invocation, accountOf, consoleAddress } from './invocation.ts';
import { timeLeft } from './finish-scan.ts';
import { type NightResult, runScan } from './run-scan.ts';
import { openTelemetry } from './telemetry.ts';

/**
 * The Lambda function: scans the account that it runs in. It ignores the event, so that the invoker cannot influence the scan.
 *
 * @throws Error when it could not scan at all. Lambda retries twice and then puts the event into the dead-letter queue.
 */
export async function handler(_event: unknown, invocation: Invocation): Promise<NightResult> {
  const { env } = process;
  const telemetry = openTelemetry(env['AWS_LAMBDA_FUNCTION_NAME'] ?? 'iam-vigil', invocation.awsRequestId);
  try {
    const result = await scanAccount(readEnvironment(env), invocation);
    telemetry.result(result);
    return result;
  } catch (error) {
    telemetry.crash(error);
    throw error;
  }
}

// For the log lines. Lambda would stop the function without a word.
const MILLISECONDS_AT_THE_END = 5_000;

async function scanAccount(settings: Settings, invocation: Invocation): Promise<NightResult> {
  const { bucket, deliver, digestTopic, findingsRegion } = settings;
  const config = await readBundledConfig(settings);
  const checks = allChecks.filter((check) => isEnabled(check, config));
  const remaining = invocation.getRemainingTimeInMillis;
  const until = timeLeft({ remaining }, MILLISECONDS_AT_THE_END);
  return runScan(
    {
      now: () => Date.now(),
      remaining,
      collect: async ({ until: end, ...wanted }) => collect(await connect({ until: end }), { ...wanted, analyze }),
      store: openStore({ bucket, owner: accountOf(invocation), until }),
      consoleAddress: (key) => consoleAddress(invocation, bucket, key),
      publish: digestTopic === undefined ? undefined : openTopic(digestTopic, { until }),
      sendEvent: openEventBus({ until }),
      hub: deliver === 'none' ? undefined : openSecurityHub({ region: findingsRegion, until }),
    },
    { runId: invocation.awsRequestId, checks, config, version: packageJson.version },
  );
}
