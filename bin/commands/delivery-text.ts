import type { Refused } from '../../lambda/scanner/deliver/hub.ts';
import { type DeliveryPlan, FINDING_PRICE, costOf } from '../../lambda/scanner/deliver/plan.ts';
import { type PlannedWrite, plannedWrites } from '../../lambda/scanner/deliver/planned-writes.ts';
import type { Delivery } from '../../lambda/scanner/deliver/security-hub.ts';
import { printable } from '../../lambda/scanner/report/printable.ts';

const order = ['create', 'update', 'archive', 'refresh', 'suppress', 'return'] as const satisfies readonly PlannedWrite['does'][];

/** How many findings would be written, and what that costs. */
export function describePlan(plan: DeliveryPlan): readonly string[] {
  const writes = plannedWrites(plan);
  const counts = order.map((does) => `${writes.filter((write) => write.does === does).length} to ${does}`);
  const { account, region } = plan.query;
  return [`Security Hub of account ${account} in ${region}: ${counts.join(', ')}; ${plan.unchanged} unchanged.`, costLine(plan)];
}

function costLine(plan: DeliveryPlan): string {
  const { writes, dollars } = costOf(plan);
  const { dollars: each, freeAMonth, source } = FINDING_PRICE;
  const free = `the first ${freeAMonth.toLocaleString('en-US')} per account, Region and month are free`;
  return `Estimated cost: at most ${usd(dollars)} (${writes} writes at ${usd(each)} each); ${free} (${source}, prices of us-east-1).`;
}

const usd = (dollars: number) => `$${dollars === 0 ? '0' : dollars.toFixed(5)}`;

/** Every planned write, one line each. */
export const describeWrites = (plan: DeliveryPlan): readonly string[] =>
  plannedWrites(plan).map(({ does, severity, checkId, resource, id }) =>
    printable(`${does.padEnd(8)}  ${severity.padEnd(13)}  ${checkId}  ${resource}  ${id}`),
  );

/** How many findings were written. */
export const describeDelivery = (delivery: Delivery): readonly string[] => [
  `Security Hub: ${delivery.imported} created or updated, ${delivery.archived} archived, ${delivery.refreshed} refreshed, ${delivery.suppressed} suppressed, ${delivery.returned} returned, ${delivery.unchanged} unchanged; ${delivery.calls} requests.`,
  ...(delivery.pending === 0
    ? []
    : [
        `Pending: ${delivery.pending}. Security Hub does not find these findings yet. The next delivery suppresses or reopens them.`,
      ]),
  ...(delivery.unseen === 0
    ? []
    : [
        `Not shown yet: ${delivery.unseen}. Security Hub accepted these findings and does not return them, which can take minutes. The next delivery compares again.`,
      ]),
];

const SHOWN = 20;

/** The first rejected findings, one line each, and how many more there are. */
export function describeRefused(refused: readonly Refused[]): readonly string[] {
  if (refused.length === 0) return [];
  const lines = refused.slice(0, SHOWN).map(({ id, code, message }) => printable(`  ${id}: ${code}: ${message}`));
  const more = refused.length > SHOWN ? [`  and ${refused.length - SHOWN} more`] : [];
  const these = refused.length === 1 ? '1 finding was' : `${refused.length} findings were`;
  return [`${these} not delivered. The next delivery tries again:`, ...lines, ...more];
}
