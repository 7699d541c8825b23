import { collectAccounts } from '../../lambda/scanner/collect/organization/collect-accounts.ts';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import { smallAccount } from '../support/aws/small-account.ts';

const planned = Array.from({ length: 12 }, (_, index) => String(300_000_000_000 + index));
const fileOf = (accountId: string): SnapshotFile => ({ ...smallAccount, accountId });
const nothingKept = { kept: () => Promise.resolve(undefined), keep: () => Promise.resolve() };

test('accounts are collected, no more at a time than allowed, in the order planned', async () => {
  let [open, most] = [0, 0];
  const told: number[] = [];
  const { accounts, failures } = await collectAccounts<SnapshotFile>(planned, 3, {
    ...nothingKept,
    collectOne: async (accountId) => {
      open += 1;
      most = Math.max(most, open);
      await new Promise((resolve) => setTimeout(resolve, 2));
      open -= 1;
      return fileOf(accountId);
    },
    onAccount: (done) => told.push(done),
  });
  expect(accounts.map(({ accountId }) => accountId)).toEqual(planned);
  expect(failures.size).toBe(0);
  expect(most).toBe(3);
  expect(told).toEqual(planned.map((_, index) => index + 1));
});

test('each account is collected or failed, with the reason', async () => {
  const { accounts, failures } = await collectAccounts<SnapshotFile>(planned, 4, {
    ...nothingKept,
    collectOne: (accountId) =>
      accountId.endsWith('3') || accountId.endsWith('7')
        ? Promise.reject(
            Object.assign(new Error('User: x is not authorized to perform: sts:AssumeRole on it'), { name: 'AccessDenied' }),
          )
        : Promise.resolve(fileOf(accountId)),
  });
  expect([...accounts.map(({ accountId }) => accountId), ...failures.keys()].sort()).toEqual(planned);
  expect([...failures.values()].map(({ reason }) => reason)).toEqual(Array(2).fill('access to sts:AssumeRole was denied'));
});

test('a run that was cut short goes on where it was', async () => {
  const store = new Map<string, SnapshotFile>();
  const asked: string[] = [];
  const ports = (dies: boolean) => ({
    kept: (accountId: string) => Promise.resolve(store.get(accountId)),
    keep: (accountId: string, file: SnapshotFile) => {
      if (dies && store.size === 5) return Promise.reject(new Error('the disk is full'));
      store.set(accountId, file);
      return Promise.resolve();
    },
    collectOne: (accountId: string) => {
      asked.push(accountId);
      return Promise.resolve(fileOf(accountId));
    },
  });
  await expect(collectAccounts(planned, 1, ports(true))).rejects.toThrow('the disk is full');
  const before = new Set(store.keys());
  asked.length = 0;
  const { accounts } = await collectAccounts<SnapshotFile>(planned, 1, ports(false));
  expect(asked).toEqual(planned.filter((accountId) => !before.has(accountId)));
  expect(accounts.map(({ accountId }) => accountId)).toEqual(planned);
});
