import type { Command } from 'commander';
import type { DeliveryOptions, DeliveryPlan } from '../../lambda/scanner/deliver/plan.ts';
import type { SecurityHub } from '../../lambda/scanner/deliver/hub.ts';
import { UsageError } from '../../lambda/scanner/errors.ts';
import type { Check } from '../../lambda/scanner/check.ts';
import type { Report } from '../../lambda/scanner/model/report.ts';
import { resourceIndex } from '../../lambda/scanner/report/asff/resources.ts';
import type { Terminal } from '../terminal.ts';
import { describeDelivery, describePlan, describeRefused, describeWrites } from './delivery-text.ts';
import type { SourceOptions } from './options.ts';
import type { Source } from './source.ts';

/** Whether and how the findings are delivered to Security Hub. */
export interface SecurityHubCommandOptions extends SourceOptions {
  readonly securityHub?: boolean;
  readonly dryRun?: boolean;
  readonly checks?: readonly string[];
}

/** Adds the options that deliver to Security Hub. */
export const withSecurityHub = (command: Command): Command =>
  command
    .option(
      '--security-hub',
      'deliver the findings to Security Hub of the account, in the Region of --region, the environment or the profile. Always use the same Region',
    )
    .option('--dry-run', 'with --security-hub: print what would be written, without writing it');

/**
 * Rejects combinations that would make Security Hub show wrong results, before AWS is called.
 *
 * @throws UsageError that says what to do instead.
 */
export function refuseMisuse({ securityHub = false, dryRun = false, checks, now }: SecurityHubCommandOptions): void {
  if (dryRun && !securityHub) throw new UsageError('--dry-run needs --security-hub');
  if (!securityHub) return;
  if (checks !== undefined)
    throw new UsageError(
      '--security-hub cannot be combined with --checks: findings of the other checks would be missing. Remove --checks, or disable checks in iam-vigil.yaml',
    );
  if (now !== undefined)
    throw new UsageError('--security-hub cannot be combined with --now: Security Hub shows the present state. Remove --now');
}

/** Where to deliver, and what. */
export interface Destination {
  readonly hub: SecurityHub;
  readonly delivery: Omit<DeliveryOptions, 'now'>;
}

/**
 * Opens Security Hub of the account that the credentials belong to.
 *
 * @throws UsageError when that account was not scanned, or no Region is set.
 */
export async function openDestination(options: SourceOptions, source: Source, checks: readonly Check[]): Promise<Destination> {
  const { connect } = await import('../../lambda/scanner/collect/aws.ts');
  const { openSecurityHub } = await import('../../lambda/scanner/deliver/aws-security-hub.ts');
  const aws = source.aws ?? (await connect(options));
  const { accountId: account, partition, region } = aws;
  const scanned = source.snapshots.find(({ accountId }) => accountId === account);
  if (!scanned) {
    const accounts = source.snapshots.map(({ accountId }) => accountId).join(', ');
    throw new UsageError(
      `the findings belong to account ${accounts}, but the credentials belong to account ${account}. Security Hub accepts findings only from their own account. Use credentials of the scanned account, for example with --profile`,
    );
  }
  if (region === undefined)
    throw new UsageError('--security-hub needs the Region that your findings are in. Set it, for example --region eu-west-1');
  const { credentials } = aws.settingsIn();
  return {
    hub: openSecurityHub({ region, credentials, ...aws.limits }),
    delivery: { account, partition, checks, resources: resourceIndex(scanned.facts) },
  };
}

/**
 * Delivers the report, or prints what would be delivered. The report itself has been printed before. Prints what Security Hub
 * rejects. Returns whether everything was delivered.
 */
export async function deliverReport(
  { hub, delivery }: Destination,
  report: Report,
  { isDryRun, terminal }: { readonly isDryRun: boolean; readonly terminal: Terminal },
): Promise<boolean> {
  const { carryOut } = await import('../../lambda/scanner/deliver/security-hub.ts');
  const { planDelivery } = await import('../../lambda/scanner/deliver/plan.ts');
  const tell = (lines: readonly string[]) => {
    terminal.warn(lines.map((line) => `${line}\n`).join(''));
  };
  let plan: DeliveryPlan;
  try {
    plan = await planDelivery(hub, report, { ...delivery, now: terminal.now() });
  } catch (error) {
    tell([`no findings were delivered to Security Hub: ${deliveryProblem(error)}`]);
    return false;
  }
  tell(describePlan(plan));
  if (isDryRun) {
    tell([...describeWrites(plan), ...describeRefused(plan.skipped), 'Dry run: nothing was written.']);
    return plan.skipped.length === 0;
  }
  const delivered = await carryOut(hub, plan);
  tell([...describeDelivery(delivered), ...describeRefused(delivered.failed)]);
  return delivered.failed.length === 0;
}

/** The message of an expected error. Any other error is a bug and is thrown again. */
function deliveryProblem(error: unknown): string {
  if (error instanceof UsageError || (error instanceof Error && error.name === 'SecurityHubError')) return error.message;
  throw error;
}
