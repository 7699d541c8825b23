import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { withFolder } from '../collect/folders.ts';
import { acme, iamVigil } from './run.ts';

const clean = path.join(acme, '../clean');

interface Details {
  readonly UserDetailList: readonly { readonly UserName: string; readonly GroupList: readonly string[] }[];
}

/** The clean account, with an attacker's user in the second folder. */
async function twoNights(folder: string): Promise<void> {
  await cp(clean, path.join(folder, 'older'), { recursive: true });
  await cp(clean, path.join(folder, 'newer'), { recursive: true });
  const file = path.join(folder, 'newer/account-authorization-details.json');
  const details = JSON.parse(await readFile(file, 'utf8')) as Details;
  const [first] = details.UserDetailList;
  const evil = {
    ...first,
    UserName: 'evil\u001B[2J',
    UserId: 'AIDAEVILEXAMPLE',
    Arn: 'arn:aws:iam::888899990000:user/evil',
    CreateDate: '2026-11-20T01:00:00Z',
  };
  await writeFile(file, JSON.stringify({ ...details, UserDetailList: [...details.UserDetailList, evil] }));
}

const diff = (cwd: string, ...args: readonly string[]) => iamVigil(['diff', ...args], { cwd });

describe('diff', () => {
  test('says that nothing changed, in four lines', async () => {
    const { code, stdout, stderr } = await iamVigil(['diff', clean, clean]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(
      /^iam-vigil diff {2}account 888899990000 .*\n0 worse, 0 better, 0 other; 0 not compared\n\nNothing changed\.\n$/,
    );
  });

  test('tells the worst change first, with what raised it, and no control character', async () => {
    await withFolder({}, async (folder) => {
      await twoNights(folder);
      const { code, stdout } = await diff(folder, 'older', 'newer', '--fail-on', 'high');
      expect(code).toBe(1);
      expect(stdout).toContain('HIGH           IAM user evil\\u{1b}[2J is new and can get administrator access with MFA');
      expect(stdout).not.toContain('\u001B');
    });
  });

  test('prints JSON with the changes, and exits with 3 if something could not be compared', async () => {
    await withFolder({}, async (folder) => {
      await twoNights(folder);
      const { code, stdout } = await diff(folder, 'older', 'newer', '--format', 'json');
      const result = JSON.parse(stdout) as Readonly<Record<string, unknown>>;
      expect(result).toMatchObject({ schemaVersion: 1, accounts: ['888899990000'], onlyOnce: [] });
      expect(Object.keys(result)).toEqual([
        'schemaVersion',
        'tool',
        'accounts',
        'onlyOnce',
        'olderTakenAt',
        'newerTakenAt',
        'changes',
        'notCompared',
      ]);
      // The keys of a user that is newer than the credential report were not listed.
      expect(result['notCompared']).toMatchObject([
        { part: 'access-keys', resource: { arn: 'arn:aws:iam::888899990000:user/evil' } },
      ]);
      expect(code).toBe(3);
    });
  });

  test('compares an organization', async () => {
    const { code, stdout } = await iamVigil(['diff', acme, acme]);
    expect([code, stdout.split('\n').slice(1)]).toEqual([
      0,
      ['0 worse, 0 better, 0 other; 0 not compared', '', 'Nothing changed.', ''],
    ]);
    expect(stdout).toContain('4 accounts');
  });

  test('tells the accounts that only one of the folders has', async () => {
    await withFolder({}, async (folder) => {
      await cp(path.join(acme, 'management'), path.join(folder, 'older/management'), { recursive: true });
      await cp(path.join(acme, 'management'), path.join(folder, 'newer/management'), { recursive: true });
      await cp(path.join(acme, 'acquired'), path.join(folder, 'newer/acquired'), { recursive: true });
      const { code, stdout } = await diff(folder, 'older', 'newer');
      expect(code).toBe(3);
      expect(stdout).toContain('Could not be compared (neither new nor removed):\n  555566667777  only one of the two has it');
    });
  });

  test.each([
    ['the snapshots of different accounts', [clean, path.join(acme, 'acquired')], 'have no account in common'],
    ['a snapshot that does not exist', ['nowhere', clean], 'nowhere'],
  ])('refuses %s', async (_name, args, says) => {
    const { code, stdout, stderr } = await iamVigil(['diff', ...args]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^no scan was performed: /);
    expect(stderr).toContain(says);
  });

  test('refuses the later snapshot first', async () => {
    await withFolder({}, async (folder) => {
      const save = (name: string, takenAt: string) =>
        writeFile(
          path.join(folder, name),
          JSON.stringify({ schemaVersion: 1, takenAt, partition: 'aws', accountId: '111122223333', facts: {} }),
        );
      await save('a.json', '2026-11-20T03:00:00Z');
      await save('b.json', '2026-11-19T03:00:00Z');
      const { code, stderr } = await diff(folder, 'a.json', 'b.json');
      expect([code, stderr]).toEqual([
        2,
        expect.stringContaining('a.json is newer than b.json. Name the earlier snapshot first'),
      ]);
    });
  });
});

test('scan --baseline tells how much changed, and has the changes in JSON', async () => {
  await withFolder({}, async (folder) => {
    await twoNights(folder);
    const scan = ['scan', '--snapshot', 'newer', '--baseline', 'older', '--now', '2026-11-20T03:00:00Z'];
    const [text, json] = await Promise.all([
      iamVigil(scan, { cwd: folder }),
      iamVigil([...scan, '--format', 'json'], { cwd: folder }),
    ]);
    expect(text.stdout).toMatch(/\nSince the earlier snapshot: 2 worse, 0 better, 0 other; \d+ not compared\n/);
    expect(JSON.parse(json.stdout)).toMatchObject({
      changes: [{ kind: 'access-gained', severity: 'HIGH' }, { kind: 'identity-added' }],
    });
  });
});
