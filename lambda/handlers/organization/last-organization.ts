import { z } from 'zod';
import type { ScanResult } from '../finish-scan.ts';
import type { CorrelationResult, EarlierRun, OrganizationRun } from '../../scanner/deliver/organization-store.ts';
import type { Store } from '../../scanner/deliver/store.ts';
import { organizationParts } from '../../scanner/facts/organization-parts/index.ts';
import {
  type OrganizationFile,
  type OrganizationSnapshot,
  parseOrganization,
} from '../../scanner/facts/organization-parts/organization-snapshot.ts';
import type { Json } from '../../scanner/model/json.ts';
import { MEMORY_FOLDER } from '../../scanner/permissions.ts';

/** What the store remembers of the organization. */
export interface LastOrganization {
  readonly organization: OrganizationSnapshot;
  readonly file: OrganizationFile;
  /** The accounts whose principals were analyzed. */
  readonly analyzed: ReadonlySet<string>;
  /** The runs that came to their end, as far as they have the latest results of an account. */
  readonly runs: readonly EarlierRun[];
  /** Written by earlier versions, in place of the runs: when the last run started that came to its end, in ISO 8601. */
  readonly lastTold?: string;
}

const KEY = `${MEMORY_FOLDER}/organization.json.gz`;

const accounts = z.array(z.string());
const rememberedSchema = z.object({
  organization: z.record(z.string(), z.json()),
  analyzed: accounts,
  runs: z
    .array(z.object({ id: z.string(), startedAt: z.string(), read: accounts, evaluated: accounts, told: accounts }))
    .default([]),
  lastTold: z.string().optional(),
});

/**
 * Reads the organization of the earlier nights; undefined: no run has ended yet.
 *
 * @throws Error when S3 does not answer: Step Functions tries the state again.
 */
export async function readLastOrganization(store: Pick<Store, 'find'>): Promise<LastOrganization | 'corrupt' | undefined> {
  const found = await store.find(KEY);
  if (found.status === 'corrupt') return 'corrupt';
  if (found.status !== 'found') return undefined;
  try {
    const { organization, analyzed, runs, lastTold } = rememberedSchema.parse(found.value);
    // The parts are checked where they are read.
    const file = organization as OrganizationFile;
    const told = lastTold === undefined ? {} : { lastTold };
    return { organization: parseOrganization(file), file, analyzed: new Set(analyzed), runs, ...told };
  } catch {
    return 'corrupt';
  }
}

/** When the last run started that told what changed in the account, in ISO 8601. */
export const toldAt = ({ runs, lastTold }: Pick<LastOrganization, 'runs' | 'lastTold'>, account: string): string | undefined =>
  runs.find(({ told }) => told.includes(account))?.startedAt ?? lastTold;

/** What {@link keepLastOrganization} remembers of a run. */
type RunResults = Pick<CorrelationResult, 'reportingAccount' | 'scanned' | 'failures' | 'notAnalyzed' | 'part'>;

/**
 * Remembers the organization of tonight, with the last collected value of each part, if the account that reports for it told everything.
 * Otherwise the next night compares with the same earlier one, so that no change is lost. One that cannot be read is written anew, so
 * that it costs one comparison. Which accounts this run read and told is remembered in any case.
 */
export async function keepLastOrganization(
  store: Pick<Store, 'find' | 'put'>,
  run: OrganizationRun,
  tonight: OrganizationFile,
  { reportingAccount, scanned, failures, notAnalyzed, part }: RunResults,
  outcomes: ReadonlyMap<string, Pick<ScanResult, 'problems'>>,
): Promise<void> {
  const remembered = await readLastOrganization(store);
  const last = remembered === 'corrupt' ? undefined : remembered;
  const planned = [...scanned, ...Object.keys(failures)];
  const told = [...outcomes].filter(([, { problems }]) => problems.length === 0).map(([account]) => account);
  const own = { ...run, read: part?.accounts ?? planned, evaluated: [...outcomes.keys()], told };
  const runs = withRun(last?.runs ?? [], own, new Set(planned));
  const isTold = told.includes(reportingAccount);
  if (last !== undefined && !(isTold && isLatest(run, last.runs)))
    return store.put(KEY, { organization: last.file, analyzed: [...last.analyzed], runs });
  const parts = organizationParts.flatMap((name) => {
    const value = isUnseen(tonight[name]) ? (last?.file[name] ?? tonight[name]) : tonight[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const analyzed = scanned.filter((account) => !notAnalyzed.includes(account));
  return store.put(KEY, { organization: { ...tonight, ...Object.fromEntries(parts) }, analyzed, runs });
}

const isLater = (a: OrganizationRun, b: OrganizationRun): boolean => Date.parse(a.startedAt) > Date.parse(b.startedAt);

const isLatest = (run: OrganizationRun, runs: readonly EarlierRun[]): boolean => !runs.some((other) => isLater(other, run));

/** The runs with this one: of each account the latest results count, in whatever order runs come to their end. */
function withRun(runs: readonly EarlierRun[], run: EarlierRun, planned: ReadonlySet<string>): readonly EarlierRun[] {
  const byTime = [...runs.filter((other) => isLater(other, run)), run, ...runs.filter((other) => !isLater(other, run))];
  const [isNewlyRead, isNewlyEvaluated, isNewlyTold] = [firstIn(planned), firstIn(planned), firstIn(planned)];
  return byTime
    .map(({ id, startedAt, read, evaluated, told }) => ({
      ...{ id, startedAt, read: read.filter(isNewlyRead), evaluated: evaluated.filter(isNewlyEvaluated) },
      told: told.filter(isNewlyTold),
    }))
    .filter(({ read, evaluated, told }) => read.length + evaluated.length + told.length > 0);
}

/** Whether it is the first time that one of these accounts is asked for. */
function firstIn(planned: ReadonlySet<string>): (account: string) => boolean {
  const left = new Set(planned);
  return (account) => left.delete(account);
}

const isUnseen = (part: Json | undefined): boolean =>
  part === undefined || (typeof part === 'object' && part !== null && 'status' in part && part['status'] === 'unavailable');
