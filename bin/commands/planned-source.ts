import path from 'node:path';
import type { SavedSnapshots } from '../../lambda/scanner/collect/read-snapshot.ts';
import { UsageError } from '../../lambda/scanner/errors.ts';
import type { Identities } from '../../lambda/scanner/facts/identity.ts';
import type { Snapshot } from '../../lambda/scanner/facts/snapshot.ts';
import type { Report } from '../../lambda/scanner/model/report.ts';
import { readTemplate } from '../../lambda/scanner/planned/cloudformation/read.ts';
import { layOver } from '../../lambda/scanner/planned/lay-over.ts';
import { withPolicy } from '../../lambda/scanner/planned/organization-policy.ts';
import { decodeDocument } from '../../lambda/scanner/model/policy-document.ts';
import { readPlan } from '../../lambda/scanner/planned/terraform/read.ts';
import type { PlannedChange } from '../../lambda/scanner/planned/planned-change.ts';

/** What names a change that is not deployed. */
export interface PlannedOptions {
  readonly template?: string;
  readonly parameter: ReadonlyMap<string, string>;
  readonly plan?: string;
  readonly account?: string;
  /** A file with an SCP or RCP, and what it is attached to. */
  readonly whatIf?: string;
  readonly attachTo?: string;
}

/** The snapshots after a change, and what of them is not known. */
export interface Planned {
  readonly newer: SavedSnapshots;
  readonly notCompared: NonNullable<Report['notCompared']>;
}

/**
 * Lays a template or a plan over the snapshot of the account that it changes.
 *
 * @throws UsageError when the file is neither, or it is not said which account it changes.
 */
export async function plannedAfter(older: SavedSnapshots, options: PlannedOptions): Promise<Planned> {
  if (options.whatIf !== undefined)
    return { newer: await withPlannedPolicy(older, options.whatIf, options.attachTo), notCompared: [] };
  const before = changedAccount(older, options.account);
  const { accountId } = before;
  const { snapshot, notCompared } = layOver(before, await changeOf(before, options), older.accounts.flatMap(policiesOf));
  const accounts = older.accounts.map((account) => (account === before ? snapshot : account));
  return { newer: { ...older, accounts }, notCompared: notCompared.map((one) => ({ account: accountId, ...one })) };
}

async function withPlannedPolicy(older: SavedSnapshots, file: string, target: string | undefined): Promise<SavedSnapshots> {
  if (target === undefined) throw new UsageError('--what-if needs --attach-to: the ID of the root, a unit or an account');
  if (older.organization === undefined)
    throw new UsageError(
      '--what-if needs the folder of an organization as --before, as collected with scan --organization --save-snapshot',
    );
  const { readJson } = await import('../../lambda/scanner/collect/read-file.ts');
  const document = decodeDocument(await readJson(file));
  return { ...older, organization: withPolicy(older.organization, { name: path.basename(file), document, target }) };
}

async function changeOf({ facts, partition, accountId }: Snapshot, options: PlannedOptions): Promise<PlannedChange> {
  const { readText } = await import('../../lambda/scanner/collect/read-file.ts');
  const { template = '', plan, parameter: parameters } = options;
  if (plan !== undefined) return readPlan(await readText(plan), plan, { partition, accountId });
  const identities = facts.identities.status === 'collected' ? facts.identities.value : noIdentities;
  return readTemplate(await readText(template), template, { partition, accountId, parameters }, identities);
}

const noIdentities: Identities = { users: [], groups: [], roles: [], policies: [] };

const policiesOf = ({ facts: { identities } }: Snapshot) => (identities.status === 'collected' ? identities.value.policies : []);

function changedAccount({ accounts }: SavedSnapshots, id: string | undefined): Snapshot {
  const ids = accounts.map(({ accountId }) => accountId).join(', ');
  const [first, second] = id === undefined ? accounts : accounts.filter(({ accountId }) => accountId === id);
  if (first === undefined) throw new UsageError(`--account ${id ?? ''} is not in --before, which has ${ids}`);
  if (second !== undefined) throw new UsageError(`name the account that changes with --account: --before has ${ids}`);
  return first;
}
