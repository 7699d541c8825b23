import { setTimeout as wait } from 'node:timers/promises';
import { NOTE_AUTHOR, type Reconciliation, type Suppression } from '../evaluate/reconcile.ts';
import type { Report } from '../model/report.ts';
import { bytesOf, limits } from '../report/asff/limits.ts';
import { RETURNED, keepingEarlier } from '../report/asff/note.ts';
import { documentOf } from './documents.ts';
import type { HubQuery, Refused, SecurityHub } from './hub.ts';
import type { Sleep } from './pace.ts';
import { type DeliveryOptions, type DeliveryPlan, planDelivery } from './plan.ts';
import { countUnseen } from './read-back.ts';
import { NOT_FOUND, sendAll } from './send.ts';

/** The result of a delivery, in numbers of findings. */
export interface Delivery {
  /** New or changed. */
  readonly imported: number;
  /** Archived: fixed, or UNKNOWN for a reason that another finding now reports. */
  readonly archived: number;
  /** Written again without changes, because Security Hub deletes findings that are not updated. */
  readonly refreshed: number;
  /** Suppressed because of an exception. */
  readonly suppressed: number;
  /** Reopened because their exception has ended. */
  readonly returned: number;
  /**
   * To be suppressed or reopened by the next delivery: Security Hub does not find them yet, because it takes minutes to process an import.
   * They are not failures. https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindings.html
   */
  readonly pending: number;
  readonly unchanged: number;
  /**
   * Of those that were imported, archived or refreshed, those that Security Hub does not show when they are read back, although it accepted
   * them. It may take minutes. The next delivery compares again.
   */
  readonly unseen: number;
  /** Findings that Security Hub rejected, each with its reason. The next delivery tries them again. */
  readonly failed: readonly Refused[];
  /** Requests to Security Hub, including retries. */
  readonly calls: number;
}

/** Compares one account of a report with the findings in Security Hub, and writes the differences. */
export async function deliverToSecurityHub(hub: SecurityHub, report: Report, options: DeliveryOptions): Promise<Delivery> {
  return carryOut(hub, await planDelivery(hub, report, options), options);
}

// The bytes around the findings in a request. The commas between findings are counted with the findings.
const ENVELOPE_BYTES = '{"Findings":[]}'.length;

/** Executes the plan. Rejected findings are reported, and do not stop the rest. */
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
  const pending = refusedUpdates.filter(({ code }) => code === NOT_FOUND);
  const written = plan.import.filter(({ id }) => !unwritten.has(id));
  return {
    ...countsOf({
      ...plan,
      import: written,
      suppress: suppressions.filter(({ id }) => !unset.has(id)),
    }),
    pending: pending.length,
    unseen: await countUnseen(hub, written, plan.query, sleep),
    failed: [...plan.skipped, ...refusedImports, ...refusedUpdates.filter((refused) => !pending.includes(refused))],
    calls: hub.calls(),
  };
}

/** How many findings of each kind the plan writes. */
export function countsOf({
  import: writes,
  suppress,
  unchanged,
}: Pick<DeliveryPlan, keyof Reconciliation>): Omit<Delivery, 'pending' | 'unseen' | 'failed' | 'calls'> {
  const count = (...kinds: readonly (typeof writes)[number]['why'][]) => writes.filter(({ why }) => kinds.includes(why)).length;
  return {
    imported: count('new', 'changed'),
    archived: count('fixed', 'withdrawn'),
    refreshed: count('refreshed', 'kept'),
    suppressed: suppress.filter(({ to }) => to === 'SUPPRESSED').length,
    returned: suppress.filter(({ to }) => to === 'NEW').length,
    unchanged,
  };
}

/** Findings that get the same workflow status and note, and can share a call. */
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
