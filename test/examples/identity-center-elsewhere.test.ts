import path from 'node:path';
import { checks } from '../../lambda/scanner/checks/index.ts';
import { readJson } from '../../lambda/scanner/collect/read-file.ts';
import { readSnapshots } from '../../lambda/scanner/collect/read-snapshot.ts';
import { defaultConfig } from '../../lambda/scanner/config.ts';
import { summaryFactsOf, ownAccounts } from '../../lambda/scanner/evaluate/own-accounts.ts';
import type { OrganizationFile } from '../../lambda/scanner/facts/organization-parts/organization-snapshot.ts';
import { parseOrganization } from '../../lambda/scanner/facts/organization-parts/organization-snapshot.ts';
import type { Finding } from '../../lambda/scanner/model/finding.ts';
import { collected } from '../../lambda/scanner/model/observed.ts';
import type { Snapshot } from '../../lambda/scanner/facts/snapshot.ts';
import { scan } from '../../lambda/scanner/scan.ts';
import { NOW } from '../support/builders.ts';

const folder = path.join(__dirname, '../../examples/acme');
const aboutIdentityCenter = checks.filter(({ id }) => id.startsWith('identity-center-'));
const MANAGEMENT = '111122223333';
const empty = { Instances: [], PermissionSets: [], AccountAssignments: [], Users: [], Groups: [], GroupMemberships: [] };

/** What the sample finds about IAM Identity Center, with some lists replaced; `only`: as if the other accounts were scanned elsewhere. */
async function found(parts: OrganizationFile, { only }: { readonly only?: string } = {}): Promise<readonly Finding[]> {
  const { accounts, ...others } = await readSnapshots(folder);
  const organization = parseOrganization({ ...((await readJson(path.join(folder, 'organization.json'))) as object), ...parts });
  const options = { ...others, organization, checks: aboutIdentityCenter, config: defaultConfig, now: NOW, version: '0.0.0' };
  if (only === undefined) return scan(accounts, options).findings;
  const own = ownAccounts(accounts.map(summaryFactsOf), others.organizationAccounts);
  const crossAccount = { own, reportingAccount: only, coverage: [] };
  const alone = accounts.filter(({ accountId }) => accountId === only).map(withoutRoles);
  return scan(alone, { ...options, crossAccount }).findings;
}

/** The account without any role. */
function withoutRoles(snapshot: Snapshot): Snapshot {
  const { identities } = snapshot.facts;
  if (identities.status === 'unavailable') throw new Error('the sample has changed');
  return { ...snapshot, facts: { ...snapshot.facts, identities: collected({ ...identities.value, roles: [] }) } };
}

const statuses = (findings: readonly Finding[]) =>
  [...new Set(findings.map(({ checkId, status }) => `${checkId} ${status}`))].toSorted();
const unknown = ['admin-assignment', 'direct-assignment', 'session-too-long'].map((id) => `identity-center-${id} UNKNOWN`);

test('the sample has failures of each check, to be lost', async () => {
  expect(statuses(await found({}))).toEqual(unknown.map((line) => line.replace('UNKNOWN', 'FAILED')));
});

test.each([
  ['no instance, as AWS answers in every other Region', empty, unknown],
  ['no permission set', { PermissionSets: [] }, ['identity-center-session-too-long UNKNOWN']],
  ['no assignment', { AccountAssignments: [] }, unknown.slice(0, 2)],
])('%s is not seen, where accounts have roles of permission sets', async (_name, parts, expected) => {
  const findings = await found(parts);
  expect(statuses(findings)).toEqual(expect.arrayContaining(expected));
  expect(findings.find(({ status }) => status === 'UNKNOWN')?.message).toMatch(
    /AWS listed none, although accounts have roles of permission sets; these name the Region eu-west-1/,
  );
});

test('the account that reports has no such role itself, and the others have', async () => {
  expect(statuses(await found(empty, { only: MANAGEMENT }))).toEqual(expect.arrayContaining(unknown));
});
