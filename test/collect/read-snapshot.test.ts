import { readFile, readdir, symlink, utimes } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { type SavedSnapshots, readSnapshots } from '../../lambda/scanner/collect/read-snapshot.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import type { Snapshot } from '../../lambda/scanner/facts/snapshot.ts';
import { type RawFactName, rawFactNames } from '../../lambda/scanner/facts/index.ts';
import { smallAccount } from '../support/aws/small-account.ts';
import { ACCOUNT, NOW } from '../support/builders.ts';
import { developmentAccount, developmentFolder } from './busy-account.ts';
import { type Files, withFolder } from './folders.ts';

const acme = path.join(developmentFolder, '..');
const { facts } = smallAccount;
const details = facts.identities.status === 'collected' ? facts.identities.value : null;

const read = (files: Files, at = ''): Promise<SavedSnapshots> =>
  withFolder(files, (folder) => readSnapshots(path.join(folder, at)));
const refusal = (files: Files, at = ''): Promise<string> => read(files, at).then(() => 'read', String);

/** Every file of a folder and of those in it, by path. */
async function filesOf(folder: string): Promise<Readonly<Record<string, Buffer>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const contents = await Promise.all(files.map(async (file) => [path.relative(folder, file), await readFile(file)] as const));
  return Object.fromEntries(contents);
}

/** The same files, each packed and called `….gz`. */
const packed = (files: Readonly<Record<string, Buffer>>) =>
  Object.fromEntries(Object.entries(files).map(([name, content]) => [`${name}.gz`, gzipSync(content)]));

const seenFacts = ({ facts: some }: Snapshot): readonly RawFactName[] =>
  rawFactNames.filter((name) => some[name].status === 'collected');

const [only] = [
  ({ accounts }: SavedSnapshots): Snapshot => {
    const [first, ...others] = accounts;
    if (!first || others.length > 0) throw new Error(`${accounts.length} accounts`);
    return first;
  },
];

describe('a snapshot of ours', () => {
  const saved = JSON.stringify(smallAccount);

  test.each([
    ['as JSON', 'mine.json', saved],
    ['with a byte order mark', 'mine.json', `\uFEFF${saved}`],
    ['packed', 'mine.json.gz', gzipSync(saved)],
    ['packed under a name that does not say so', 'mine.json', gzipSync(saved)],
    ['under any name at all', 'mine', saved],
  ])('is read %s', async (_name, name, content) => {
    const snapshot = only(await read({ [name]: content }, name));
    expect(snapshot).toMatchObject({ accountId: ACCOUNT, partition: 'aws', takenAt: NOW, calls: 0 });
    expect(seenFacts(snapshot)).toEqual(rawFactNames.filter((fact) => fact !== 'credentialReport'));
  });
});

describe('what aws iam get-account-authorization-details printed', () => {
  const encoded = JSON.stringify(details, (key, value: unknown) =>
    key.endsWith('Document') && typeof value === 'object' ? encodeURIComponent(JSON.stringify(value)) : value,
  );

  test.each([
    ['decoded', 'details.json', JSON.stringify(details)],
    ['with its documents URL-encoded', 'details.json', encoded],
    ['packed', 'details.json.gz', gzipSync(encoded)],
  ])('is read %s', async (_name, name, content) => {
    const snapshot = only(await read({ [name]: content }, name));
    expect(snapshot).toMatchObject({ accountId: ACCOUNT, partition: 'aws' });
    expect(seenFacts(snapshot)).toEqual(['identities']);
    expect(snapshot.facts.identities).toEqual(only(await read({ 'a.json': smallAccount }, 'a.json')).facts.identities);
    expect(snapshot.facts.accountSummary).toEqual({ status: 'unavailable', reason: 'it is not in the snapshot' });
  });

  const text = JSON.stringify(details);
  const written: Readonly<Record<string, string | Uint8Array>> = {
    'with a byte order mark': `\uFEFF${text}`,
    'with the line ends of Windows': JSON.stringify(details, undefined, 2).replaceAll('\n', '\r\n'),
    'in UTF-16, as PowerShell redirects it': Buffer.from(`\uFEFF${text}`, 'utf16le'),
    'in UTF-16, big end first': Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
    'in UTF-16, and packed': gzipSync(Buffer.from(`\uFEFF${text}`, 'utf16le')),
  };
  test.each(Object.entries(written))('may be %s', async (_name, file) => {
    expect(only(await read({ 'a.json': file }, 'a.json')).facts.identities).toEqual(
      only(await read({ 'a.json': text }, 'a.json')).facts.identities,
    );
  });

  test('of an account without identities has no account ID', async () => {
    const empty = { UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [] };
    expect(only(await read({ 'details.json': empty }, 'details.json')).accountId).toBe('000000000000');
  });
});

describe('a folder of what the AWS CLI printed', () => {
  test('holds every fact but the inventory', async () => {
    const snapshot = only(await readSnapshots(developmentFolder));
    expect(snapshot.accountId).toBe('777788889999');
    expect(seenFacts(snapshot)).toEqual(rawFactNames.filter((name) => name !== 'compute'));
    expect(snapshot.facts.mfaCertifications).toMatchObject({ value: { size: 8 } });
  });

  test('may be packed, file by file', async () => {
    const files = await filesOf(developmentFolder);
    expect(only(await read(packed(files)))).toEqual(only(await read(files)));
  });

  const partial: Readonly<Record<string, { files: Files; seen: readonly RawFactName[] }>> = {
    'only a credential report as CSV': {
      files: { 'credential-report.csv': 'user,arn,mfa_active\n' },
      seen: ['accessKeys', 'accessKeyLastUsed'],
    },
    'only the password policy': {
      files: { 'password-policy.json': { PasswordPolicy: { MinimumPasswordLength: 8 } } },
      seen: ['passwordPolicy'],
    },
    'a note beside': { files: { 'security-contact.json': 'null', 'notes.txt': 'hello' }, seen: ['securityContact'] },
    'an empty folder of devices': { files: { 'mfa-devices': null }, seen: ['mfaDevices'] },
  };

  test.each(Object.entries(partial))('may lack the rest: %s', async (_name, { files, seen }) => {
    expect(seenFacts(only(await read(files)))).toEqual(seen);
  });

  test('names users by its files, decoded where they are URL-encoded', async () => {
    const device = { MFADevices: [{ SerialNumber: 'GAHT12345678' }] };
    const names = ['ann.json', 'b%2Fc.json', '100%.json', '=cmd().json', 'd.json.gz', '__proto__.json'];
    const files = Object.fromEntries(
      names.map((name) => [`mfa-devices/${name}`, name.endsWith('.gz') ? gzipSync(JSON.stringify(device)) : device]),
    );
    const { mfaDevices } = only(await read({ ...files, 'mfa-devices/README.md': 'no device' })).facts;
    const found = mfaDevices.status === 'collected' ? [...mfaDevices.value.keys()] : [];
    expect(found.toSorted()).toEqual(['100%', '=cmd()', '__proto__', 'ann', 'b/c', 'd']);
  });

  test('takes the account from who asked, before any ARN', async () => {
    const files = { 'caller-identity.json': { Arn: 'arn:aws-cn:iam::222233334444:user/x' }, 'password-policy.json': 'null' };
    expect(only(await read({ ...files, 'account-authorization-details.json': details }))).toMatchObject({
      partition: 'aws-cn',
      accountId: '222233334444',
    });
  });

  const csvOf = (partition: string, account: string) => {
    const columns = {
      user: '<root_account>',
      arn: `arn:${partition}:iam::${account}:root`,
      ...{ password_enabled: 'true', password_last_used: 'N/A', mfa_active: 'true' },
      ...{ access_key_1_active: 'false', access_key_1_last_rotated: 'N/A', access_key_1_last_used_date: 'N/A' },
      ...{ access_key_2_active: 'false', access_key_2_last_rotated: 'N/A', access_key_2_last_used_date: 'N/A' },
    };
    return [Object.keys(columns), Object.values(columns)].join('\n');
  };
  const found: Readonly<Record<string, readonly [files: Files, account: string]>> = {
    'from the first ARN of its own': [
      {
        'account-authorization-details.json': {
          IsTruncated: false,
          Policies: [
            { Arn: 'arn:aws:iam::aws:policy/A' },
            { Arn: 'nonsense' },
            {},
            { Arn: 'arn:aws-cn:iam::444455556666:policy/b' },
          ],
        },
      },
      'aws-cn 444455556666',
    ],
    'from no ARN of AWS': [
      { 'account-authorization-details.json': { Policies: [{ Arn: 'arn:aws:iam::aws:policy/A' }] } },
      'aws 000000000000',
    ],
    'from a credential report alone': [
      { 'credential-report.csv': csvOf('aws-us-gov', '777788889999') },
      'aws-us-gov 777788889999',
    ],
    'from another answer that has its ARN': [
      { 'virtual-mfa-devices.json': { VirtualMFADevices: [{ SerialNumber: 'arn:aws:iam::777788889999:mfa/phone' }] } },
      'aws 777788889999',
    ],
    'from the identities, before the credential report': [
      {
        'account-authorization-details.json': { UserDetailList: [{ Arn: 'arn:aws:iam::444455556666:user/ann' }] },
        'credential-report.csv': csvOf('aws', '777788889999'),
      },
      'aws 444455556666',
    ],
    'as unknown, if the details are empty': [{ 'account-authorization-details.json': [] }, 'aws 000000000000'],
    'as unknown, if the caller has no ARN': [
      { 'account-summary.json': {}, 'caller-identity.json': { Arn: 'nonsense' } },
      'aws 000000000000',
    ],
  };
  test.each(Object.entries(found))('takes the account %s', async (_name, [files, account]) => {
    const { partition, accountId } = only(await read(files));
    expect(`${partition} ${accountId}`).toBe(account);
  });

  const csv = csvOf('aws', '111122223333');
  const answer = { Content: Buffer.from(csv).toString('base64'), GeneratedTime: '2026-11-19T00:00:00Z' };
  const reports: Readonly<Record<string, readonly [files: Files, generatedAt: string | undefined]>> = {
    'as CSV': [{ 'credential-report.csv': csv }, undefined],
    'as the CSV that Windows saves': [{ 'credential-report.csv': `\uFEFF${csv.replaceAll('\n', '\r\n')}\r\n` }, undefined],
    'as the JSON that AWS answers': [{ 'credential-report.json': answer }, '2026-11-19T00:00:00Z'],
    'as both': [
      { 'credential-report.csv': csv, 'credential-report.json': { GeneratedTime: '2026-11-18T00:00:00Z' } },
      '2026-11-18T00:00:00Z',
    ],
    'as CSV beside JSON that says nothing': [{ 'credential-report.csv': csv, 'credential-report.json': [] }, undefined],
  };
  test.each(Object.entries(reports))('may hold the credential report %s', async (_name, [files, generatedAt]) => {
    const { credentialReport } = only(await read(files)).facts;
    expect(credentialReport).toMatchObject({ status: 'collected', value: { root: { mfaActive: true } } });
    const time = generatedAt === undefined ? undefined : Date.parse(generatedAt);
    expect(credentialReport.status === 'collected' && credentialReport.value.generatedAt).toBe(time);
  });

  test('has the time of its credential report', async () => {
    expect(only(await readSnapshots(developmentFolder)).takenAt).toBe(Date.parse('2026-11-20T02:10:00Z'));
  });

  test('has the newest date that it contains, and never the time of a file: a dump that is copied today is not of today', async () => {
    const device = { SerialNumber: 'arn:aws:iam::111122223333:mfa/ann', EnableDate: '2026-01-02T03:04:05Z' };
    await withFolder({ 'password-policy.json': 'null', 'mfa-devices/ann.json': { MFADevices: [device] } }, async (folder) => {
      await utimes(path.join(folder, 'password-policy.json'), NOW / 1000, NOW / 1000);
      const seen = Date.parse(device.EnableDate);
      expect(only(await readSnapshots(folder)).takenAt).toBe(seen);
      expect(only(await readSnapshots(folder, { takenAt: NOW })).takenAt).toBe(NOW);
      await expect(readSnapshots(folder, { takenAt: seen - 1000 })).rejects.toThrow('it contains the date 2026-01-02T03:04:05Z');
    });
  });

  test('without any date is older than all others', async () => {
    expect(only(await read({ 'password-policy.json': 'null' })).takenAt).toBe(0);
  });
});

describe('a folder of an Organization', () => {
  test('holds an account a folder', async () => {
    const { accounts, managementAccountId } = await readSnapshots(acme);
    expect(accounts.map(({ accountId }) => accountId).toSorted()).toEqual([
      '111122223333',
      '444455556666',
      '555566667777',
      '777788889999',
    ]);
    expect(managementAccountId).toBe('111122223333');
  });

  test.each([
    ['are those that it lists', {}, [true, true]],
    ['are in use or not, by their state', { State: 'PENDING_CLOSURE', Status: 'ACTIVE' }, [true, false]],
    ['or by their status, in older answers', { Status: 'SUSPENDED' }, [true, false]],
  ])('accounts of the Organization %s', async (_name, state, active) => {
    const organization = {
      Accounts: [
        { Id: ACCOUNT, Name: 'One', Status: 'ACTIVE' },
        { Id: '222233334444', ...state },
      ],
    };
    const { organizationAccounts } = await read({ 'a.json': smallAccount, 'organization.json': organization });
    expect(organizationAccounts).toEqual([
      { id: ACCOUNT, name: 'One', active: active[0] },
      { id: '222233334444', active: active[1] },
    ]);
  });

  test('may be packed, file by file', async () => {
    const files = await filesOf(acme);
    expect(await read(packed(files))).toEqual(await read(files));
  });

  test('or a snapshot of ours an account', async () => {
    const other = { ...smallAccount, accountId: '222233334444' };
    const files = {
      'a.json': smallAccount,
      'b.json.gz': gzipSync(JSON.stringify(other)),
      'README.md': '# ours',
      '.hidden.json': '{',
    };
    const { accounts, managementAccountId } = await read(files);
    expect(accounts.map(({ accountId }) => accountId)).toEqual([ACCOUNT, '222233334444']);
    expect(managementAccountId).toBeUndefined();
  });

  test('or both', async () => {
    const { accounts } = await read({
      'a.json': { ...smallAccount, accountId: '222233334444' },
      'b/account-authorization-details.json': details,
      'c/notes.txt': '',
    });
    expect(accounts).toHaveLength(2);
  });
});

describe('a file that cannot be read is an error with its path', () => {
  const small = JSON.stringify(smallAccount);
  const spaces = gzipSync(Buffer.alloc(16 * 1024 * 1024, ' '));
  const cases: Readonly<Record<string, { files: Files; at?: string; says: RegExp }>> = {
    'a path that is not there': { files: {}, at: 'none.json', says: /none\.json cannot be read: .*ENOENT/ },
    'a path through a file': { files: { 'a.json': small }, at: 'a.json/b', says: /cannot be read: .*ENOTDIR/ },
    'an empty folder': { files: {}, says: /contains no file that iam-vigil can read.*account-authorization-details\.json/ },
    'a folder with nothing known': {
      files: { 'notes.txt': '', 'x/y.csv': '' },
      says: /contains no file that iam-vigil can read/,
    },
    'a folder with a name that objects have': {
      files: { constructor: '', toString: '' },
      says: /contains no file that iam-vigil can read/,
    },
    'a folder with an organization.json alone': {
      files: { 'organization.json': {} },
      says: /contains no file that iam-vigil can read/,
    },
    'a file of no bytes': { files: { 'a.json': '' }, at: 'a.json', says: /a\.json is empty/ },
    'a file of spaces': { files: { 'a.json': ' \n' }, at: 'a.json', says: /a\.json is empty/ },
    'truncated JSON': {
      files: { 'a.json': small.slice(0, 5000) },
      at: 'a.json',
      says: /a\.json is not valid JSON: .*The file may be truncated/,
    },
    'truncated gzip': {
      files: { 'a.json': gzipSync(small).subarray(0, 200) },
      at: 'a.json',
      says: /a\.json cannot be read: .*unexpected end/,
    },
    // Two members of gzip after one another are one file: 640 MB of spaces in as many kilobytes.
    'a little gzip that is large unpacked': {
      files: { 'a.json': Buffer.concat(Array.from({ length: 40 }, () => spaces)) },
      at: 'a.json',
      says: /a\.json cannot be read: decompressed it is larger than 536 MB/,
    },
    'an array': { files: { 'a.json': '[]' }, at: 'a.json', says: /a\.json is neither a snapshot of iam-vigil nor/ },
    'a number': { files: { 'a.json': '5' }, at: 'a.json', says: /a\.json is neither a snapshot/ },
    null: { files: { 'a.json': 'null' }, at: 'a.json', says: /a\.json is neither a snapshot/ },
    'a text': { files: { 'a.json': '"x"' }, at: 'a.json', says: /a\.json is neither a snapshot/ },
    'another JSON object': { files: { 'a.json': '{"hello":1}' }, at: 'a.json', says: /a\.json is neither a snapshot/ },
    'a newer version': {
      files: { 'a.json': { ...smallAccount, schemaVersion: 2 } },
      at: 'a.json',
      says: /a\.json is not a valid snapshot: .*schemaVersion is 2, and this version reads 1/s,
    },
    'a version that is text': {
      files: { 'a.json': { ...smallAccount, schemaVersion: '1' } },
      at: 'a.json',
      says: /a\.json is not a valid snapshot/,
    },
    'an account that is none': {
      files: { 'a.json': { ...smallAccount, accountId: '<script>' } },
      at: 'a.json',
      says: /is not an account id/,
    },
    'a partition that is none': {
      files: { 'a.json': { ...smallAccount, partition: 'x y' } },
      at: 'a.json',
      says: /is not a partition/,
    },
    'a time that is none': { files: { 'a.json': { ...smallAccount, takenAt: 'then' } }, at: 'a.json', says: /is not a date/ },
    'facts that are a list': {
      files: { 'a.json': { ...smallAccount, facts: [] } },
      at: 'a.json',
      says: /is not a valid snapshot/,
    },
    'truncated JSON in a folder': {
      files: { 'account-summary.json': '{"SummaryMap' },
      says: /account-summary\.json is not valid JSON/,
    },
    'truncated JSON of one user': { files: { 'mfa-devices/ann.json': '{' }, says: /mfa-devices.ann\.json is not valid JSON/ },
    'a folder in place of a file': {
      files: { 'account-summary.json': null },
      says: /account-summary\.json cannot be read: .*EISDIR/,
    },
    'a file in place of a folder': { files: { 'mfa-devices': 'x' }, says: /mfa-devices cannot be read: .*ENOTDIR/ },
    'an account twice': {
      files: { 'a.json': small, 'b.json': small },
      says: /contains account 111122223333 more than once\. Keep one/,
    },
    'an account of an Organization': { files: { 'a.json': small, 'b.json': '{' }, says: /b\.json is not valid JSON/ },
  };

  test.each(Object.entries(cases))('%s', async (_name, { files, at, says }) => {
    const message = await refusal(files, at);
    expect(message).toMatch(/^UsageError: /);
    expect(message).toMatch(says);
    expect(message.length).toBeLessThan(900);
  });
});

describe('a link in a folder', () => {
  const inFolder = (link: string, target: string) =>
    withFolder({ 'given/account-authorization-details.json': details, 'secret.json': { SummaryMap: {} } }, async (folder) => {
      await symlink(target, path.join(folder, 'given', link));
      return readSnapshots(path.join(folder, 'given')).then(
        ({ accounts }) => accounts.length,
        (error: unknown) => String(error),
      );
    });
  const refused = expect.stringMatching(/^UsageError: .* is a link to a file outside of its folder/) as string;

  test.each([
    ['to a file outside of the folder', 'account-summary.json', '../secret.json', refused],
    ['to a folder outside', 'mfa-devices', '..', refused],
    ['to a file that is not there', 'account-summary.json', '../none.json', expect.stringContaining('ENOENT')],
    ['to a file in the folder', 'another.json', 'account-authorization-details.json', 1],
  ])('%s', async (_what, link, target, expected) => {
    expect(await inFolder(link, target)).toEqual(expected);
  });
});

describe('a truncated list is not taken for a short one', () => {
  const cut: Readonly<Record<string, readonly [file: string, content: object, fact: RawFactName, item?: string]>> = {
    'identities, a page alone': ['account-authorization-details.json', { IsTruncated: true, Marker: 'x' }, 'identities'],
    'identities, --max-items': ['account-authorization-details.json', { NextToken: 'x' }, 'identities'],
    'virtual devices': [
      'virtual-mfa-devices.json',
      { VirtualMFADevices: [], IsTruncated: true, Marker: 'x' },
      'virtualMfaDevices',
    ],
    'the keys of a user': ['access-keys/ann.json', { AccessKeyMetadata: [], NextToken: 'x' }, 'accessKeys', 'ann'],
    'what Roles Anywhere has in a Region': [
      'roles-anywhere/eu-west-1.json',
      { trustAnchors: [], crls: [], profiles: [], nextToken: 'x' },
      'rolesAnywhere',
      'eu-west-1',
    ],
  };
  const reason = expect.stringMatching(/^it is one page of several: .*--no-paginate.*--max-items/) as string;

  test.each(Object.entries(cut))('%s', async (_name, [file, content, fact, item]) => {
    const broken = file.startsWith('account-auth') ? { ...(details as object), ...content } : content;
    const seen = only(await read({ [file]: broken })).facts[fact];
    const found =
      item === undefined ? seen : seen.status === 'collected' && (seen.value as ReadonlyMap<string, unknown>).get(item);
    expect(found).toEqual({ status: 'unavailable', reason });
  });

  test('nor is a lone answer, of which the account is known all the same', async () => {
    const { accountId, facts: some } = only(await read({ 'a.json': { ...(details as object), IsTruncated: true } }, 'a.json'));
    expect([accountId, some.identities]).toEqual([ACCOUNT, { status: 'unavailable', reason }]);
  });

  test('but the last page says that it is', async () => {
    const { facts: some } = only(
      await read({ 'a.json': { ...(details as object), IsTruncated: false, NextToken: null } }, 'a.json'),
    );
    expect(some.identities.status).toBe('collected');
  });
});

describe('an error in one fact makes only this fact unavailable', () => {
  const spoiled: Readonly<Record<string, { fact: RawFactName; value: Json; says: string }>> = {
    'a summary of another shape': { fact: 'accountSummary', value: { SummaryMap: [] }, says: 'SummaryMap' },
    'a summary that lacks what counts': {
      fact: 'accountSummary',
      value: { SummaryMap: {} },
      says: 'has no counter',
    },
    'identities that are a list': { fact: 'identities', value: [], says: 'it' },
    'a list that is none': {
      fact: 'serverCertificates',
      value: { ServerCertificateMetadataList: 'soon' },
      says: 'ServerCertificateMetadataList',
    },
    'items that are a list': { fact: 'accessKeys', value: [], says: 'it' },
  };

  test.each(Object.entries(spoiled))('%s', async (_name, { fact, value, says }) => {
    const file = { ...smallAccount, facts: { ...facts, [fact]: { status: 'collected', value } } };
    const snapshot = only(await read({ 'a.json': file }, 'a.json'));
    const observed = snapshot.facts[fact];
    expect(observed.status === 'unavailable' ? observed.reason : 'seen').toMatch(/^its value cannot be read: /);
    expect(JSON.stringify(observed)).toContain(says);
    expect(seenFacts(snapshot)).toEqual(rawFactNames.filter((name) => name !== fact && name !== 'credentialReport'));
  });

  test.each([
    ['missing', undefined],
    ['null', null],
    ['of no known status', { status: 'seen', value: 1 }],
    ['a text', 'x'],
  ])('a fact that is %s', async (_name, fact) => {
    const file = { ...smallAccount, facts: { ...facts, accountSummary: fact } };
    const { accountSummary } = only(await read({ 'a.json': file }, 'a.json')).facts;
    expect(accountSummary).toEqual({ status: 'unavailable', reason: 'it is not in the snapshot' });
  });

  test('a fact that was denied keeps the reason and the action', async () => {
    const denied = { status: 'unavailable', reason: 'access to x was denied', action: 'x' };
    const file = { ...smallAccount, facts: { ...facts, accountSummary: denied } };
    expect(only(await read({ 'a.json': file }, 'a.json')).facts.accountSummary).toEqual(denied);
  });

  test('an item of another shape is unavailable by itself', async () => {
    const file = await developmentAccount();
    const keys = file.facts.accessKeys.status === 'collected' ? file.facts.accessKeys.value : null;
    const value = { ...(keys as object), 'ci-deployer': { status: 'collected', value: 'x' }, 'hr-sync': 5 };
    const saved = { ...file, facts: { ...file.facts, accessKeys: { status: 'collected', value } } };
    const { accessKeys } = only(await read({ 'a.json': saved }, 'a.json')).facts;
    const found = accessKeys.status === 'collected' ? [...accessKeys.value] : [];
    expect(found.filter(([, { status }]) => status === 'unavailable').map(([name]) => name)).toEqual(['ci-deployer', 'hr-sync']);
    expect(found.length).toBe(Object.keys(value).length);
  });
});
