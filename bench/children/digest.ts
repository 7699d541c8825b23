import { prepareDigest } from '../../lambda/handlers/tell.ts';
import type { FoundInAccount } from '../../lambda/scanner/report/digest/found.ts';
import { memoryStore } from '../memory-store.ts';

/** Tells a first night of so many accounts with so many findings each, and then one in which one account has another finding. */
const [accounts = '0', findings = '0'] = process.argv.slice(2);
const ids = Array.from({ length: Number(accounts) }, (_, number) => String(100_000_000_000 + number));

const foundIn = (account: string, count: number): FoundInAccount => ({
  account,
  findings: Array.from({ length: count }, (_, number) => ({
    ...{ id: `iam-vigil/v1/${account}/access-key-unrotated/AIDA${number}/AKIA${number}`, checkId: 'access-key-unrotated' },
    ...{ state: 'failed', severity: 'MEDIUM' },
    headline: `Access key AKIA${number} of IAM user service-user-${number} is ${number} days old; the limit is 90 days`,
  })),
  ...{ checks: ['access-key-unrotated'], proven: ['access-key-unrotated'], acrossAccounts: [], unseenAccounts: [] },
});

const ports = { store: memoryStore(new Map()), publish: undefined };
async function night(more: number): Promise<number> {
  const of = (account: string) => Promise.resolve(foundIn(account, Number(findings) + (account === ids[0] ? more : 0)));
  const subject = { account: '', scope: '', startedAt: '', hubRegion: undefined, page: '' };
  const { digest, problems, tell } = await prepareDigest(ports, { accounts: ids, of }, subject);
  const all = [...problems, ...(await tell())];
  if (all.length > 0) throw new Error(all.join('; '));
  return digest.items.length;
}
await night(0);
const before = process.cpuUsage();
const told = await night(1);
if (told !== 1) throw new Error(`${told} items`);
const { user, system } = process.cpuUsage(before);
process.stdout.write(JSON.stringify({ cpuSeconds: (user + system) / 1e6 }));
