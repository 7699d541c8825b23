import type { RawFactName } from '../../lambda/scanner/facts/index.ts';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import type { Report } from '../../lambda/scanner/model/report.ts';
import { collected } from '../../lambda/scanner/model/observed.ts';
import { type AccountSpec, ADMINISTRATOR, allow } from '../escalation/support.ts';
import { snapshotIn } from '../organization/support.ts';
import { type Sample, lossesOf, readSample, reportOf, reportOfSnapshots } from './oracle.ts';

type Fields = Record<string, Json>;
type Change = (details: Record<'UserDetailList' | 'GroupDetailList' | 'RoleDetailList' | 'Policies', Fields[]>) => void;

let sample: Sample;
let sound: Report;
beforeAll(async () => {
  sample = await readSample('production', 'management');
  sound = reportOf(sample);
});

const factOf = ({ facts }: SnapshotFile, name: RawFactName): Json => {
  const fact = facts[name];
  return fact.status === 'collected' ? structuredClone(fact.value) : null;
};

/** The sample with one fact of its first account replaced. */
const withFact = (name: RawFactName, value: Json): Sample => {
  const [first, ...others] = sample.accounts;
  if (first === undefined) throw new Error('the sample has no account');
  return { ...sample, accounts: [{ ...first, facts: { ...first.facts, [name]: collected(value) } }, ...others] };
};

const withIdentities = (change: Change): Sample => {
  const [first] = sample.accounts;
  const details = first && factOf(first, 'identities');
  change(details as Parameters<Change>[0]);
  return withFact('identities', details ?? null);
};

const withOrganization = (change: (organization: Fields) => void): Sample => {
  const organization = structuredClone(sample.organization) as Fields;
  change(organization);
  return { ...sample, organization };
};

const strange = (document: Json | undefined): Json => ({ ...(document as Fields), Surprise: 'odd' });

const policiesOf = (organization: Fields, type: string): Fields[] =>
  (organization['Policies'] as Fields[]).filter(
    ({ PolicySummary }) => (PolicySummary as Fields)['Type'] === type && (PolicySummary as Fields)['AwsManaged'] !== true,
  );

test('the same data closes nothing, and is complete', () => {
  expect(lossesOf(sound, reportOf(sample))).toEqual([]);
  expect(sound.complete).toBe(true);
  expect(sound.findings.length).toBeGreaterThan(50);
});

const trials: Readonly<Record<string, { readonly hide: () => Sample; readonly says: RegExp }>> = {
  'an element of a trust policy that is not known': {
    hide: () =>
      withIdentities(({ RoleDetailList }) => {
        for (const role of RoleDetailList.slice(9, 18))
          role['AssumeRolePolicyDocument'] = strange(role['AssumeRolePolicyDocument']);
      }),
    says: /trust policy of .* unknown element "Surprise"/,
  },
  'the names of the inline policies of roles': {
    hide: () =>
      withIdentities(({ RoleDetailList }) => {
        for (const role of RoleDetailList)
          for (const policy of (role['RolePolicyList'] ?? []) as Fields[]) policy['PolicyName'] = null;
      }),
    says: /RolePolicyList\[0\]: PolicyName/,
  },
  'managed policies that cannot be read': {
    hide: () =>
      withIdentities(({ Policies }) => {
        Policies.forEach((policy) => (policy['PolicyVersionList'] = []));
      }),
    says: /the document of arn:/,
  },
  'a group that was left out': {
    hide: () => withIdentities(({ GroupDetailList }) => GroupDetailList.splice(0, 1)),
    says: /the group .* of arn:.*; ?|AWS counts 4 groups, and 3 are listed/,
  },
  'users who were left out, with a count of users': {
    hide: () => withIdentities(({ UserDetailList }) => UserDetailList.splice(0, 3)),
    says: /AWS counts 10 users, and 7 are listed/,
  },
  'managed policies without the ids that their findings have': {
    hide: () =>
      withIdentities(({ Policies }) => {
        for (const policy of Policies) policy['PolicyId'] = 7.5;
      }),
    says: /the unique ID of arn:/,
  },
  'attached policies that were left out': {
    hide: () =>
      withIdentities(({ RoleDetailList }) => {
        RoleDetailList.forEach((role) => delete role['AttachedManagedPolicies']);
      }),
    says: /attachments of arn:/,
  },
  'a permissions boundary without its document': {
    hide: () =>
      withIdentities(({ RoleDetailList }) => {
        RoleDetailList.forEach(
          (role) => (role['PermissionsBoundary'] = { PermissionsBoundaryArn: 'arn:aws:iam::444455556666:policy/Left-Out' }),
        );
      }),
    says: /the permissions boundary arn:.*Left-Out/,
  },
  'an SCP that cannot be read': {
    hide: () =>
      withOrganization((organization) => {
        for (const policy of policiesOf(organization, 'SERVICE_CONTROL_POLICY')) policy['Content'] = strange(policy['Content']);
      }),
    says: /unknown element "Surprise"/,
  },
  'an RCP that cannot be read': {
    hide: () =>
      withOrganization((organization) => {
        for (const policy of policiesOf(organization, 'RESOURCE_CONTROL_POLICY')) policy['Content'] = strange(policy['Content']);
      }),
    says: /unknown element "Surprise"/,
  },
  'an Organization without the list of its accounts': {
    hide: () => withOrganization((organization) => delete organization['Accounts']),
    says: /it is not in the snapshot of the organization/,
  },
  'an Organization whose resource policy could not be read': {
    hide: () => withOrganization((organization) => delete organization['ResourcePolicy']),
    says: /it is not in the snapshot of the organization/,
  },
  'a resource policy of the Organization with an element that is not known': {
    hide: () =>
      withOrganization((organization) => {
        const ResourcePolicySummary = { Arn: 'arn:aws:organizations::111122223333:resourcepolicy/o-acmeexample/rp-1' };
        const Content = { Version: '2012-10-17', Statement: [], Surprise: 'odd' };
        organization['ResourcePolicy'] = { ResourcePolicySummary, Content };
      }),
    says: /rp-1: .*unknown element "Surprise"/,
  },
  'an Organization without its delegated administrators': {
    hide: () => withOrganization((organization) => delete organization['DelegatedAdministrators']),
    says: /it is not in the snapshot of the organization/,
  },
};

test.each(Object.entries(trials))('%s closes no finding, and is said', (_name, { hide, says }) => {
  const report = reportOf(hide());
  expect(lossesOf(sound, report)).toEqual([]);
  expect(report.complete).toBe(false);
  expect((report.unread ?? []).flatMap(({ elements }) => elements).join('\n')).toMatch(says);
});

test('a service-specific credential without its id closes no finding, and is said', async () => {
  const development = await readSample('development');
  const [account] = development.accounts;
  if (account === undefined) throw new Error('the sample has no account');
  const listed = factOf(account, 'serviceCredentials') as { ServiceSpecificCredentials: Fields[] };
  for (const credential of listed.ServiceSpecificCredentials) credential['ServiceSpecificCredentialId'] = 7;
  const spoiled = { ...account, facts: { ...account.facts, serviceCredentials: collected<Json>(listed) } };
  const [before, after] = [reportOf(development), reportOf({ ...development, accounts: [spoiled] })];
  expect(before.findings.some(({ checkId }) => checkId === 'service-credential-long-lived')).toBe(true);
  expect(lossesOf(before, after)).toEqual([]);
  expect(JSON.stringify(after)).toContain('ServiceSpecificCredentialId of ServiceSpecificCredentials[0]');
});

test('an MFA device of root that is listed twice is one device', () => {
  const [, management] = sample.accounts;
  const listed = management && factOf(management, 'virtualMfaDevices');
  const devices = (listed as Fields)['VirtualMFADevices'] as readonly Json[];
  const twice = collected({ VirtualMFADevices: [...devices, ...devices] });
  const accounts = sample.accounts.map((one) =>
    one === management ? { ...one, facts: { ...one.facts, virtualMfaDevices: twice } } : one,
  );
  expect(reportOf({ ...sample, accounts }).findings).toEqual(sound.findings);
});

const HOME = '222222222222';
const UNRELATED = '600000000000';
const HOP = '333333333333';
const FAR = '444444444444';
const near = ['511111111111', '522222222222', '533333333333'];

const admin = (trusted: string): AccountSpec => ({ roles: { boss: { attached: [ADMINISTRATOR], trust: [trusted] } } });
const alice = `arn:aws:iam::${HOME}:user/alice`;
const bossIn = (account: string) => `arn:aws:iam::${account}:role/boss`;
const hop = `arn:aws:iam::${HOP}:role/hop`;

/** A user who assumes roles of these accounts, and a role of one more, which assumes an admin role of the farthest. */
const accountsFrom = (reached: readonly string[]): Readonly<Record<string, AccountSpec>> => ({
  [HOME]: { users: { alice: { can: [allow('sts:AssumeRole', [hop, ...reached.map(bossIn)])] } } },
  ...Object.fromEntries(near.map((account) => [account, admin(alice)])),
  [HOP]: { roles: { hop: { can: [allow('sts:AssumeRole', bossIn(FAR))], trust: [alice] } } },
  [FAR]: admin(hop),
  [UNRELATED]: admin(alice),
});

/** The scan of all accounts but one, which could not be scanned. Of the others everything counts as read. */
function scanWithout(hidden: string | undefined, reached: readonly string[]): Report {
  const accounts = Object.entries(accountsFrom(reached));
  const report = reportOfSnapshots(
    accounts.flatMap(([id, spec]) => (id === hidden ? [] : snapshotIn(id, spec))),
    { organizationAccounts: accounts.map(([id]) => ({ id, active: true })) },
  );
  return { ...report, unread: [], partlyAnalyzed: [] };
}

const closedWithout = (hidden: string) =>
  lossesOf(scanWithout(undefined, near), scanWithout(hidden, [])).filter((loss) =>
    /^archived: .*\/cross-account-admin-reach\/AIDAALICE$/.test(loss),
  );

test.each([HOP, FAR, near[0] ?? ''])('access to other accounts stays open while %s was not scanned', (hidden) => {
  expect(closedWithout(hidden)).toEqual([]);
});

test('and closes while an account was not scanned that is not on the way', () => {
  const later = { ...scanWithout(HOP, []), notAnalyzed: [UNRELATED] };
  expect(lossesOf(scanWithout(undefined, near), later).join()).toContain('cross-account-admin-reach/AIDAALICE');
});
