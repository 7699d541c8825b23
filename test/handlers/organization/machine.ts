import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { OrganizationReport } from '../../../lambda/handlers/organization/organization-report.ts';
import type { Json } from '../../../lambda/scanner/model/json.ts';
import type { Report } from '../../../lambda/scanner/model/report.ts';
import type { SnapshotFile } from '../../../lambda/scanner/facts/snapshot-file.ts';
import { definitionIn, organizationTemplate } from '../../lib/organization-synthesized.ts';
import type { LoopbackSecurityHub } from '../../support/aws/services/security-hub.ts';
import { type Ending, type Task, execute } from '../../support/step-functions.ts';

/** When the runs of the tests begin. */
export const STARTED = '2026-11-20T03:00:00.000Z';
/** The Region of the findings. */
export const REGION = 'eu-west-1';

/** The name of a state that is a function of ours. */
export type TaskName = 'Plan' | 'Scan account' | 'Correlate' | 'Deliver account' | 'Summarize';

/** How a run differs from the usual. */
export interface RunOptions {
  readonly id?: string;
  readonly startedAt?: string;
  /** The input of the execution. */
  readonly input?: unknown;
  /** Puts something around a task, such as a fault. */
  readonly around?: (name: TaskName, task: Task) => Task;
  readonly remaining?: number;
}

/** How a run ended, and the events that it sent. */
export type Played = Ending & { readonly events: readonly unknown[] };

/** Plays one run of the deployed state machine, in which the tasks are these. */
export async function play(
  tasks: Readonly<Record<TaskName, Task>>,
  linesOf: (key: string) => readonly unknown[],
  { id = 'run-1', startedAt = STARTED, input = {}, around = (_, task) => task }: RunOptions,
): Promise<Played> {
  const deployed = definitionIn(organizationTemplate());
  const events: unknown[] = [];
  // The names are the keys of the table.
  const played = Object.entries(tasks).map(([name, task]) => [name, around(name as TaskName, task)] as const);
  const tell: Task = (input) => Promise.resolve(events.push(input));
  const ending = await execute(deployed, { tasks: { ...Object.fromEntries(played), Tell: tell }, linesOf }, id, startedAt, input);
  return { ...ending, events };
}

/** What a run kept, by key. */
export type Stored = ReadonlyMap<string, unknown>;

const kept = (stored: Stored, isMeant: (key: string) => boolean): readonly unknown[] =>
  [...stored]
    .filter(([key]) => isMeant(key))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, value]) => value);

/** What the run told at its end. */
export function reportIn(stored: Stored, id = 'run-1'): OrganizationReport | undefined {
  const [report] = kept(stored, (key) => key.startsWith('organizations/') && key.endsWith(`-${id}/report.json.gz`));
  return report as OrganizationReport | undefined;
}

/** The reports of the accounts. */
export const accountReportsIn = (stored: Stored, id = 'run-1'): readonly Report[] =>
  kept(stored, (key) => key.startsWith('reports/') && key.endsWith(`-${id}.json.gz`)) as readonly Report[];

/** The snapshots of the accounts. */
export const snapshotsIn = (stored: Stored, id = 'run-1'): readonly SnapshotFile[] =>
  kept(stored, (key) => key.startsWith('snapshots/') && key.endsWith(`-${id}.json.gz`)) as readonly SnapshotFile[];

/** What all hubs show, but for the times, which are of each run. */
export const shown = ({ hubs }: { readonly hubs: ReadonlyMap<string, LoopbackSecurityHub> }): readonly unknown[] =>
  [...hubs.values()].flatMap((hub) =>
    [...hub.findings.values()]
      .map(({ Id, RecordState, Compliance, Description, Severity }) => [
        Id,
        RecordState,
        Compliance?.Status,
        Severity.Label,
        Description,
      ])
      .toSorted(),
  );

/** A file of the sample Organization. */
export const sample = (file: string): Json => JSON.parse(readFileSync(path.resolve('examples/acme', file), 'utf8')) as Json;
