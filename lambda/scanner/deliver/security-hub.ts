import { setTimeout as wait } from 'node:timers/promises';
import { NOTE_AUTHOR, type Reconciliation, type Suppression } from '../evaluate/reconcile.ts';
import type { Report } from '../model/report.ts';
import { bytesOf, limits } from '../report/asff/limits.ts';
import { RETURNED, keepingEarlier } from '../report/asff/note.ts';
import { documentOf } from './documents.ts';
import type { HubQuery, Refused, SecurityHub } from './hub.ts';
import type { Sleep } from './pace.ts';
import { type DeliveryOptions, type DeliveryPlan, planDelivery } from './plan.ts';
import { sendAll } from './send.ts';

/** What a delivery did, in findings. */
export interface Delivery {
  /** Written because they are new, or say something new. */
  readonly imported: number;
  /** Archived because the check no longer finds them. */
  readonly archived: number;
  /** Written again, unchanged, so that Security Hub does not forget them. */
  readonly refreshed: number;
  /** Hidden by an exception. */
  readonly suppressed: number;
  /** Shown again, since their exception has ended. */
  readonly returned: number;
  readonly unchanged: number;
  /** What Security Hub did not take, each with its reason; the next delivery tries again. */
  readonly failed: readonly Refused[];
  /** Requests that Security Hub was sent, retries included. */
  readonly calls: number;
}

/** Compares one account of a report with what Security Hub has, and writes what differs. */
export async function deliverToSecurityHub(hub: SecurityHub, report: Report, options: DeliveryOptions): Promise<Delivery> {
  return carryOut(hub, await planDelivery(hub, report, options), options);
}

// What goes around the findings in a request; the commas between them are counted with them.
const ENVELOPE_BYTES = '{"Findings":[]}'.length;

/** Writes what was planned. What Security Hub does not take is told, and does not keep it from the rest. */
export async function carryOut(
  hub: SecurityHub,
  plan: DeliveryPlan,
  { sleep = wait }: { readonly sleep?: Sleep } = {},
): Promise<Delivery> {
  const refusedImports = await sendAll(
    plan.import.map((write) => documentOf(write, plan.observedAt)),
    {
      limit: {
        count: limits.batchFindings,
        bytes: { most: limits.batchBytes - ENVELOPE_BYTES, of: (document) => bytesOf(document) + 1 },
      },
      idOf: ({ Id }) => Id,
      send: hub.import,
      sleep,
    },
  );
  const unwritten = new Set(refusedImports.map(({ id }) => id));
  const suppressions = plan.suppress.filter(({ id }) => !unwritten.has(id));
  const refusedUpdates: Refused[] = [];
  for (const group of sameUpdates(suppressions)) refusedUpdates.push(...(await sendUpdate(hub, group, plan.query, sleep)));
  const unset = new Set(refusedUpdates.map(({ id }) => id));
  return {
    ...countsOf({
      ...plan,
      import: plan.import.filter(({ id }) => !unwritten.has(id)),
      suppress: suppressions.filter(({ id }) => !unset.has(id)),
    }),
    failed: [...plan.skipped, ...refusedImports, ...refusedUpdates],
    calls: hub.calls(),
  };
}

/** How many findings of each kind are, or would be, written. */
export function countsOf({
  import: writes,
  suppress,
  unchanged,
}: Pick<DeliveryPlan, keyof Reconciliation>): Omit<Delivery, 'failed' | 'calls'> {
  const count = (...kinds: readonly (typeof writes)[number]['why'][]) => writes.filter(({ why }) => kinds.includes(why)).length;
  return {
    imported: count('new', 'changed'),
    archived: count('fixed'),
    refreshed: count('refreshed', 'kept'),
    suppressed: suppress.filter(({ to }) => to === 'SUPPRESSED').length,
    returned: suppress.filter(({ to }) => to === 'NEW').length,
    unchanged,
  };
}

/** Findings that get the same state and the same note, which can share a call. */
interface UpdateGroup {
  readonly workflow: Suppression['to'];
  readonly note: string;
  readonly ids: readonly string[];
}

function sameUpdates(suppressions: readonly Suppression[]): readonly UpdateGroup[] {
  const groups = new Map<string, { workflow: Suppression['to']; note: string; ids: string[] }>();
  for (const { id, to, note = RETURNED, stored } of suppressions) {
    const text = keepingEarlier(note, stored?.note, stored?.note?.by === NOTE_AUTHOR);
    const key = `${to} ${text}`;
    const group = groups.get(key) ?? { workflow: to, note: text, ids: [] };
    group.ids.push(id);
    groups.set(key, group);
  }
  return [...groups.values()];
}

const sendUpdate = (hub: SecurityHub, { workflow, note, ids }: UpdateGroup, { productArn: arn }: HubQuery, sleep: Sleep) =>
  sendAll(ids, {
    limit: { count: limits.batchFindings },
    idOf: (id) => id,
    send: (batch) => hub.update(batch, { productArn: arn, workflow, note, noteBy: NOTE_AUTHOR }),
    sleep,
  });
