import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { checks } from '../../lambda/scanner/checks/index.ts';
import { readAccountFolder } from '../../lambda/scanner/collect/read-account-folder.ts';
import { defaultConfig } from '../../lambda/scanner/config.ts';
import { accountsNamedIn, proofOf } from '../../lambda/scanner/evaluate/proof.ts';
import { type Scope, type Stored, reconcile } from '../../lambda/scanner/evaluate/reconcile.ts';
import { parseOrganization } from '../../lambda/scanner/facts/organization-parts/organization-snapshot.ts';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import { type Snapshot, parseSnapshot } from '../../lambda/scanner/facts/snapshot.ts';
import { type Finding, isOnNumberedKey } from '../../lambda/scanner/model/finding.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import type { Report } from '../../lambda/scanner/model/report.ts';
import { membersOf } from '../../lambda/scanner/organization/planned-accounts.ts';
import { type ScanOptions, scan } from '../../lambda/scanner/scan.ts';
import { NOW } from '../support/builders.ts';

/** Accounts of the example organization, as their snapshots are saved, with what was collected of the organization. */
export interface Sample {
  readonly accounts: readonly SnapshotFile[];
  readonly organization?: Json;
}

const acme = path.join(__dirname, '../../examples/acme');

/** Some accounts of the example organization. */
export async function readSample(...names: readonly string[]): Promise<Sample> {
  const accounts = await Promise.all(
    names.map((name) => readAccountFolder(path.join(acme, name), readdirSync(path.join(acme, name)).sort())),
  );
  return { accounts, organization: JSON.parse(readFileSync(path.join(acme, 'organization.json'), 'utf8')) as Json };
}

/** The report of a sample. */
export const reportOf = ({ accounts, organization }: Sample): Report =>
  reportOn(
    accounts.map((account) => parseSnapshot(account)),
    organization,
  );

/** The report on accounts of which the facts are read already. */
export function reportOn(accounts: readonly Snapshot[], file: Json | undefined): Report {
  const organization = file === undefined ? undefined : parseOrganization(file);
  return reportOfSnapshots(accounts, organization === undefined ? {} : { organization, ...membersOf(organization) });
}

/** The report of snapshots with every check. */
export const reportOfSnapshots = (
  snapshots: readonly Snapshot[],
  about: Pick<ScanOptions, 'organization' | 'organizationAccounts' | 'managementAccountId'>,
): Report => scan(snapshots, { checks, config: defaultConfig, now: NOW, version: '0.0.0', ...about });

/** The failures of a sound scan that a later one loses: it archives them, or leaves them out and says that it is complete. */
export const lossesOf = (sound: Report, later: Report): readonly string[] => [
  ...later.accounts.flatMap(({ account }) => archived(account, sound, later)),
  ...unsaid(sound, later),
];

/** The findings of one account that a delivery of the later report archives. */
function archived(account: string, sound: Report, later: Report): readonly string[] {
  const scope: Scope = {
    ...{
      account,
      region: 'eu-west-1',
      productArn: 'product',
      idPrefix: `iam-vigil/v1/${account}/`,
      now: NOW,
      observedAt: NOW - 1,
    },
    ...proofOf(later, { account, checks }),
  };
  const wanted = later.findings.filter((finding) => finding.account === account);
  const stored = sound.findings.filter((finding) => finding.account === account && finding.status === 'FAILED');
  const writes = reconcile(
    wanted.map((finding) => ({ finding, fingerprint: '' })),
    stored.map((finding) => storedAs(finding, scope)),
    scope,
  );
  return writes.import.flatMap(({ why, id }) => (why === 'fixed' ? [`archived: ${id}`] : []));
}

const storedAs = ({ id, evidence }: Finding, { account, region, productArn }: Scope): Stored => ({
  ...{ id, account, region, productArn, isArchived: false, isJudged: true, isSuppressed: false, fingerprint: '' },
  ...{ accounts: accountsNamedIn(JSON.stringify(evidence)), updatedAt: NOW - 1, observedAt: NOW - 2 },
});

/** The failures that are missing in a report that says that it is complete. */
function unsaid(sound: Report, later: Report): readonly string[] {
  if (!later.complete) return [];
  const ids = new Set(later.findings.map(({ id }) => id));
  return sound.findings
    .filter(({ id, status }) => status === 'FAILED' && !ids.has(id))
    .filter((finding) => !later.findings.some((other) => isSameKeyByNumber(finding, other)))
    .map(({ id }) => `missing without a word: ${id}`);
}

/** A key that is known by its number only has the same finding under another ID, which a delivery neither writes nor closes. */
const isSameKeyByNumber = (finding: Finding, other: Finding): boolean =>
  isOnNumberedKey(other) && other.checkId === finding.checkId && other.resource.arn === finding.resource.arn;
