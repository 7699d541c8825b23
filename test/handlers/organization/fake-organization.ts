import type { OrganizationReport } from '../../../lambda/handlers/organization/organization-report.ts';
import type { AccountEvent, RunEvent } from '../../../lambda/handlers/organization/ports.ts';
import { runCorrelate } from '../../../lambda/handlers/organization/run-correlate.ts';
import { runDeliver } from '../../../lambda/handlers/organization/run-deliver.ts';
import { planSchema } from '../../../lambda/handlers/organization/state.ts';
import { runPlan } from '../../../lambda/handlers/organization/run-plan.ts';
import { type ScanMemberPorts, runScanMember } from '../../../lambda/handlers/organization/run-scan-member.ts';
import { runSummarize } from '../../../lambda/handlers/organization/run-summarize.ts';
import type { ScanResult } from '../../../lambda/handlers/finish-scan.ts';
import { checks as allChecks } from '../../../lambda/scanner/checks/index.ts';
import { defaultConfig, isEnabled } from '../../../lambda/scanner/config.ts';
import type { Message } from '../../../lambda/scanner/deliver/aws-messages.ts';
import { openOrganizationStore } from '../../../lambda/scanner/deliver/organization-store.ts';
import type { Store } from '../../../lambda/scanner/deliver/store.ts';
import type { Json } from '../../../lambda/scanner/model/json.ts';
import type { OrganizationFile } from '../../../lambda/scanner/facts/organization-parts/organization-snapshot.ts';
import { parseSnapshot } from '../../../lambda/scanner/facts/snapshot.ts';
import type { SnapshotFile } from '../../../lambda/scanner/facts/snapshot-file.ts';
import { directly } from '../../deliver/support.ts';
import { LoopbackSecurityHub } from '../../support/aws/services/security-hub.ts';
import type { Task } from '../../support/step-functions.ts';
import { type Played, REGION, type RunOptions, STARTED, type TaskName, play } from './machine.ts';

/** The checks that are on by default. */
export const enabledChecks = allChecks.filter((check) => isEnabled(check, defaultConfig));

/** An Organization without AWS: what the ports of the states answer from. */
export interface FakeOrganization {
  readonly home: string;
  readonly organization: Json;
  readonly accounts: ReadonlyMap<string, SnapshotFile>;
  /** By account. */
  readonly hubs: ReadonlyMap<string, LoopbackSecurityHub>;
  readonly stored: Map<string, unknown>;
  /** Accounts whose role may not be assumed; they may change while a run goes on. */
  readonly shut: Set<string>;
  /** What was published, report by report. */
  readonly published: Omit<OrganizationReport, 'accounts'>[];
  /** Accounts that a run was asked to read, and that are none of the organization. */
  readonly warned: string[];
  /** The messages that were published. */
  readonly messages: Message[];
  /** What is not collected in time, where a run is short of it. */
  readonly late: (file: SnapshotFile) => SnapshotFile;
}

/** Makes a fake organization of these accounts. */
export const aFakeOrganization = (
  { home, organization, accounts }: { home: string; organization: Json; accounts: readonly SnapshotFile[] },
  late: FakeOrganization['late'] = (file) => file,
): FakeOrganization => ({
  ...{ home, organization, late },
  accounts: new Map(accounts.map((file) => [file.accountId, file])),
  hubs: new Map(accounts.map(({ accountId }) => [accountId, new LoopbackSecurityHub(accountId, REGION)])),
  ...{ stored: new Map(), shut: new Set(), published: [], messages: [], warned: [] },
});

/** The same organization to go on with: what is done to either does not change the other. */
export const copyOf = (fake: FakeOrganization): FakeOrganization => ({
  ...fake,
  hubs: new Map([...fake.hubs].map(([account, hub]) => [account, copyOfHub(hub)])),
  ...{ stored: new Map(fake.stored), shut: new Set(fake.shut), published: [...fake.published], messages: [...fake.messages] },
  warned: [...fake.warned],
});

function copyOfHub({ account, region, quirks, everything }: LoopbackSecurityHub): LoopbackSecurityHub {
  const copy = new LoopbackSecurityHub(account, region, quirks);
  for (const finding of everything) copy.put(finding);
  return copy;
}

/** How a run over it differs from the usual. */
export interface FakeRunOptions extends RunOptions {
  readonly deliver?: 'members' | 'central';
  /** Replaces the topic. */
  readonly publish?: (message: Message) => Promise<void>;
  /** Replaces the collecting of an account. */
  readonly collect?: ScanMemberPorts['collect'];
}

/** Plays one run of the deployed state machine over it. */
export const run = (fake: FakeOrganization, options: FakeRunOptions = {}): Promise<Played> =>
  play(tasksOf(fake, options), (key) => linesIn(fake, key), options);

function tasksOf(fake: FakeOrganization, options: FakeRunOptions): Readonly<Record<TaskName, Task>> {
  const { deliver = 'members', remaining = 900_000, collect = collectIn(fake) } = options;
  const store = storeOf(fake);
  const { publish = (message: Message) => Promise.resolve(void fake.messages.push(message)) } = options;
  const common = (event: RunEvent) => ({ kept: openOrganizationStore<ScanResult, OrganizationReport>(store, event.run) });
  const judging = { checks: enabledChecks, config: defaultConfig, version: '0.0.0' };
  const time = { remaining: () => remaining, now: () => Date.parse(STARTED) + 1000, sleep: () => Promise.resolve() };
  const warn = (accounts: readonly string[]) => void fake.warned.push(...accounts);
  const collectOrganization = () => Promise.resolve(fake.organization as unknown as OrganizationFile);
  const openHub = (account: string) => openHubIn(fake, account, deliver);
  const central = deliver === 'central' ? { hubAccount: fake.home } : {};
  return {
    Plan: told((event) => runPlan({ ...common(event), store, collectOrganization, warn }, planSchema.parse(event))),
    'Scan account': told((event) => runScanMember({ ...common(event), ...time, collect }, event, judging)),
    Correlate: told((event) => runCorrelate(common(event), event)),
    'Deliver account': told((event) =>
      runDeliver(
        { ...common(event), ...time, store, openHub, consoleAddress: (key) => `https://console.example/${key}` },
        event,
        { ...judging, ...central },
      ),
    ),
    Summarize: told((event) =>
      runSummarize(
        {
          ...{ ...common(event), store, hubRegion: REGION, publish, consoleAddress: (key) => `https://console.example/${key}` },
          telemetry: { organization: (report) => fake.published.push(report) },
        },
        event,
      ),
    ),
  };
}

/** What the state machine sends is plain JSON, of the form that the handlers hold it to. */
const told =
  (work: (event: AccountEvent) => Promise<unknown>): Task =>
  (input) =>
    work(input as AccountEvent);

const collectIn =
  (fake: FakeOrganization): ScanMemberPorts['collect'] =>
  async (account, { until }) => {
    await refuseIn(fake, account);
    const file = fake.accounts.get(account);
    if (!file) throw new Error(`there is no account ${account}`);
    const seen = until.aborted ? fake.late(file) : file;
    return { file: seen, snapshot: parseSnapshot(seen) };
  };

async function openHubIn(fake: FakeOrganization, account: string, deliver: 'members' | 'central') {
  if (deliver === 'members') await refuseIn(fake, account);
  const hub = fake.hubs.get(deliver === 'members' ? account : fake.home);
  return hub && directly(hub);
}

/** Refuses as AWS does. */
async function refuseIn({ shut }: FakeOrganization, account: string): Promise<void> {
  await Promise.resolve();
  if (!shut.has(account)) return;
  const message = `User: scanner is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::${account}:role/iam-vigil-member`;
  throw Object.assign(new Error(message), { name: 'AccessDenied' });
}

/** A store in memory, that keeps JSON and no references, as the bucket does. */
function storeOf({ stored }: FakeOrganization): Store {
  const put: Store['put'] = (key, value) => {
    stored.set(key, JSON.parse(JSON.stringify(value)));
    return Promise.resolve();
  };
  return {
    ...{ put, putLines: put, putPage: (key, pieces) => put(key, [...pieces].join('')) },
    get: (key) => (stored.has(key) ? Promise.resolve(stored.get(key) as Json) : Promise.reject(new Error(`NoSuchKey: ${key}`))),
    putNew: async (key, value) => {
      if (stored.has(key)) return false;
      await put(key, value);
      return true;
    },
    find: (key) => Promise.resolve(stored.has(key) ? { status: 'found', value: stored.get(key) as Json } : { status: 'absent' }),
    list: (prefix) => Promise.resolve([...stored.keys()].filter((key) => key.startsWith(prefix)).toSorted()),
  };
}

function linesIn({ stored }: FakeOrganization, key: string): readonly unknown[] {
  const lines = stored.get(key);
  if (!Array.isArray(lines)) throw new Error(`there is no ${key}`);
  return lines as readonly unknown[];
}
