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

/** Whether and how the findings go to Security Hub. */
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
      "write the findings to Security Hub of the account, in the Region that --region names (or the environment, or the profile): your findings' one home Region",
    )
    .option('--dry-run', 'with --security-hub: print what would be written, and write nothing');

/**
 * Refuses what would make Security Hub say what is not so, before anything is asked of AWS.
 *
 * @throws UsageError with what to do instead.
 */
export function refuseMisuse({ securityHub = false, dryRun = false, checks, now }: SecurityHubCommandOptions): void {
  if (dryRun && !securityHub) throw new UsageError('--dry-run tells what --security-hub would write: add --security-hub');
  if (!securityHub) return;
  if (checks !== undefined)
    throw new UsageError(
      '--security-hub delivers what a whole scan finds, and --checks runs a part of it: leave --checks out, or switch checks off in iam-vigil.yaml',
    );
  if (now !== undefined)
    throw new UsageError('--security-hub delivers what is so today, and --now judges as of another day: leave --now out');
}

/** Where to deliver to, and what. */
export interface Destination {
  readonly hub: SecurityHub;
  readonly delivery: Omit<DeliveryOptions, 'now'>;
}

/**
 * Opens Security Hub of the account that the credentials belong to.
 *
 * @throws UsageError when that account was not scanned, or no Region is named.
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
      `Security Hub takes findings from their own account only: these are of ${accounts}, and the credentials are of ${account}. Use credentials of the scanned account, with --profile`,
    );
  }
  if (region === undefined)
    throw new UsageError("--security-hub needs to know your findings' home Region: name it, such as --region eu-west-1");
  const { credentials } = aws.settingsIn();
  return {
    hub: openSecurityHub({ region, credentials }),
    delivery: { account, partition, checks, resources: resourceIndex(scanned.facts) },
  };
}

/**
 * Delivers the report, or tells what would be delivered. Whatever Security Hub does not take is told; the report has been printed
 * by then. Answers whether everything is as it should be.
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
    tell([`nothing was delivered to Security Hub: ${deliveryProblem(error)}`]);
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

/** What Security Hub answered, where it is its answer that kept the findings back; everything else is our bug. */
function deliveryProblem(error: unknown): string {
  if (error instanceof UsageError || (error instanceof Error && error.name === 'SecurityHubError')) return error.message;
  throw error;
}
