import { type Check, defineCheck, pass } from '../../lambda/scanner/check.ts';
import { checks } from '../../lambda/scanner/checks/index.ts';
import { defaultConfig } from '../../lambda/scanner/config.ts';
import { unreadElsewhere } from '../../lambda/scanner/evaluate/hidden-elsewhere.ts';
import { proofOf } from '../../lambda/scanner/evaluate/proof.ts';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import {
  type OrganizationSnapshot,
  parseOrganization,
} from '../../lambda/scanner/facts/organization-parts/organization-snapshot.ts';
import { type ObservedFacts, type Snapshot, parseSnapshot } from '../../lambda/scanner/facts/snapshot.ts';
import { collected, unavailable } from '../../lambda/scanner/model/observed.ts';
import type { Report } from '../../lambda/scanner/model/report.ts';
import { membersOf } from '../../lambda/scanner/organization/planned-accounts.ts';
import { scan } from '../../lambda/scanner/scan.ts';
import { lossesOf } from '../fuzz/oracle.ts';
import { smallAccount } from '../support/aws/small-account.ts';
import { ACCOUNT, NOW, aContext } from '../support/builders.ts';
import { collectedFacts } from '../support/observed-facts.ts';
import { MANAGEMENT, ORGANIZATION, anOrganization } from '../support/organization.ts';

const OTHER = '222233334444';
const accounts = { [ACCOUNT]: [], [OTHER]: [] };
const organization = anOrganization({ accounts });

const rootRow = {
  ...{ user: '<root_account>', arn: `arn:aws:iam::${ACCOUNT}:root`, password_enabled: 'not_supported' },
  ...{ password_last_used: 'no_information', mfa_active: 'true', access_key_1_active: 'false', access_key_1_last_rotated: 'N/A' },
  ...{ access_key_1_last_used_date: 'N/A', access_key_2_active: 'false', access_key_2_last_rotated: 'N/A' },
  ...{ access_key_2_last_used_date: 'N/A', cert_1_active: 'false', cert_2_active: 'false' },
};

type Facts = Partial<SnapshotFile['facts']>;

const inOrganization: Facts = {
  organization: collected({ Organization: { Id: ORGANIZATION, MasterAccountId: MANAGEMENT } }),
  analyzers: collected({ 'us-east-1': collected({ analyzers: [] }) }),
  rootFeatures: collected(null),
  credentialReport: collected({ Content: [Object.keys(rootRow), Object.values(rootRow)].map((row) => row.join(',')).join('\n') }),
  identities: collected({ UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [] }),
};
const summary = (map: Readonly<Record<string, number>>): Facts => ({ accountSummary: collected({ SummaryMap: map }) });
const noKeys = { AccountAccessKeysPresent: 0, AccountSigningCertificatesPresent: 0, AccountMFAEnabled: 1 };
const rootWithPassword = summary({ ...noKeys, AccountPasswordPresent: 1 });
const rootWithout = summary({ ...noKeys, AccountPasswordPresent: 0 });

const account = (accountId: string, facts: Facts = {}): Snapshot =>
  parseSnapshot({ ...smallAccount, accountId, facts: { ...smallAccount.facts, ...inOrganization, ...facts } });

const management = account(MANAGEMENT, { rootFeatures: collected({ EnabledFeatures: ['RootCredentialsManagement'] }) });
const other = account(OTHER);
const scanWith = (known: OrganizationSnapshot, ...snapshots: readonly Snapshot[]): Report =>
  scan(snapshots, { checks, config: defaultConfig, now: NOW, version: '1.2.3', organization: known, ...membersOf(known) });
const scanOf = (...snapshots: readonly Snapshot[]): Report => scanWith(organization, ...snapshots);

const member = account(ACCOUNT, rootWithPassword);
const sound = scanOf(management, other, member);
const lostIn = (later: Report) => lossesOf(sound, later).filter((loss) => loss.startsWith(`archived: iam-vigil/v1/${ACCOUNT}/`));
const unprovenIn = (later: Report) => proofOf(later, { account: ACCOUNT, checks }).unproven;

test.each(['external-access-analyzer-missing', 'root-credentials-remaining'])('%s fails where all accounts are read', (id) => {
  const failed = sound.findings.filter(({ account: of, checkId }) => of === ACCOUNT && checkId === id);
  expect(failed.map(({ status }) => status)).toEqual(['FAILED']);
  expect(unprovenIn(sound).has(id)).toBe(false);
});

test.each([
  ['another account was not scanned', scanOf(management, member)],
  ['the management account was not scanned', scanOf(other, member)],
  ['the account was scanned alone', scanOf(member)],
  ['the analyzers of another account were not read', scanOf(management, account(OTHER, { analyzers: unavailable('?') }), member)],
  ['the features of root access were not read', scanOf(account(MANAGEMENT, { rootFeatures: unavailable('?') }), other, member)],
])('closes no finding that depends on another account: %s', (_name, later) => {
  expect(lostIn(later)).toEqual([]);
});

test.each([
  ['the whole organization', parseOrganization({})],
  ['its management account', anOrganization({ accounts, parts: { Organization: undefined } })],
])('findings of the organization stay open where it is not known which account reports them: without %s', (_name, known) => {
  const ofOrganization = sound.findings.filter(({ account: of, status }) => of === MANAGEMENT && status === 'FAILED');
  expect(ofOrganization.map(({ checkId }) => checkId)).toContain('guardrails-missing');
  expect(lossesOf(sound, scanWith(known, other, member, management)).filter((loss) => loss.startsWith('archived'))).toEqual([]);
});

test('what the account itself decides closes its findings, whatever other accounts have', () => {
  const analyzers = collected({ 'us-east-1': collected({ analyzers: [{ arn: 'a', type: 'ACCOUNT', status: 'ACTIVE' }] }) });
  const unproven = unprovenIn(scanOf(account(ACCOUNT, { ...rootWithout, analyzers })));
  expect(['external-access-analyzer-missing', 'root-credentials-remaining'].filter((id) => unproven.has(id))).toEqual([]);
});

describe('what a check cannot tell of its account alone', () => {
  const REASON = 'not all accounts were scanned';
  const asking = (id: string, hiddenElsewhere: NonNullable<Check['hiddenElsewhere']>): Check =>
    defineCheck({
      ...{ id, title: 'It should hold', severity: 'MEDIUM', rationale: 'None.', standards: {}, remediation: 'Fix it.' },
      needs: ['contactDetails'],
      select: () => [],
      judge: () => pass,
      hiddenElsewhere,
    });
  const hidden = asking('hidden', () => ({ fact: 'analyzers', reason: REASON }));
  const unreadOf = (facts: ObservedFacts, ...asked: readonly Check[]) => unreadElsewhere(ACCOUNT, asked, facts, () => aContext());
  const unread = { account: ACCOUNT, fact: 'analyzers', isWanted: false, elements: [REASON], count: 1 };

  test('is unread for this check alone, and was not to be read', () => {
    const { hiddenElsewhere: _, ...certain } = asking('certain', () => undefined);
    expect(
      unreadOf(
        collectedFacts(),
        asking('known', () => undefined),
        hidden,
        certain,
      ),
    ).toEqual([{ ...unread, checks: ['hidden'] }]);
  });

  test('is not asked of a check that lacks facts of its own: it is UNKNOWN anyway', () => {
    expect(unreadOf({ ...collectedFacts(), contactDetails: unavailable('?') }, hidden)).toEqual([]);
  });

  test('follows from the facts that the check needs and from its context', () => {
    const asked: unknown[] = [];
    const check = asking('known', (facts, { accountId }) => void asked.push(facts, accountId));
    unreadOf(collectedFacts(), check);
    expect(asked).toEqual([{ contactDetails: true }, ACCOUNT]);
  });
});
