import { z } from 'zod';
import type { ScanResult } from '../finish-scan.ts';
import type { CorrelationResult, OrganizationRun } from '../../scanner/deliver/organization-store.ts';
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
  /** When the last run started that came to its end, in ISO 8601. */
  readonly lastTold?: string;
}

const KEY = `${MEMORY_FOLDER}/organization.json.gz`;

const rememberedSchema = z.object({
  organization: z.record(z.string(), z.json()),
  analyzed: z.array(z.string()),
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
    const { organization, analyzed, lastTold } = rememberedSchema.parse(found.value);
    // The parts are checked where they are read.
    const file = organization as OrganizationFile;
    const told = lastTold === undefined ? {} : { lastTold };
    return { organization: parseOrganization(file), file, analyzed: new Set(analyzed), ...told };
  } catch {
    return 'corrupt';
  }
}

/**
 * Remembers the organization of tonight, with the last collected value of each part, if the account that reports for it told everything.
 * Otherwise the next night compares with the same earlier one, so that no change is lost. One that cannot be read is written anew, so
 * that it costs one comparison. That this run told is remembered in any case.
 */
export async function keepLastOrganization(
  store: Pick<Store, 'find' | 'put'>,
  { startedAt: lastTold }: OrganizationRun,
  tonight: OrganizationFile,
  { reportingAccount, scanned, notAnalyzed }: Pick<CorrelationResult, 'reportingAccount' | 'scanned' | 'notAnalyzed'>,
  outcomes: ReadonlyMap<string, Pick<ScanResult, 'problems'>>,
): Promise<void> {
  const read = await readLastOrganization(store);
  const last = read === 'corrupt' ? undefined : read;
  const isTold = outcomes.get(reportingAccount)?.problems.length === 0;
  if (last !== undefined && !isTold) return store.put(KEY, { organization: last.file, analyzed: [...last.analyzed], lastTold });
  const parts = organizationParts.flatMap((name) => {
    const part = isUnseen(tonight[name]) ? (last?.file[name] ?? tonight[name]) : tonight[name];
    return part === undefined ? [] : [[name, part] as const];
  });
  const analyzed = scanned.filter((account) => !notAnalyzed.includes(account));
  return store.put(KEY, { organization: { ...tonight, ...Object.fromEntries(parts) }, analyzed, lastTold });
}

const isUnseen = (part: Json | undefined): boolean =>
  part === undefined || (typeof part === 'object' && part !== null && 'status' in part && part['status'] === 'unavailable');
