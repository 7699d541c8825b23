import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { readAccountFolder } from '../../lambda/scanner/collect/read-account-folder.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import { collected } from '../../lambda/scanner/model/observed.ts';

/** The key that is rotated out on the third day, and the one that somebody makes on a service's user. */
export const [OLD_KEY, PLANTED_KEY] = ['AKIAFQSFRJKYGEXAMPLE', 'AKIAWQZN5DEMOEXAMPLE'];
/** The users that have them. */
export const [OLD_KEY_USER, PLANTED_KEY_USER] = ['svc-legacy-ftp', 'svc-orders-export'];

const folder = path.resolve('examples/acme/production');

/** The sample's production account, as it is. */
export const productionAccount = async (): Promise<SnapshotFile> => readAccountFolder(folder, (await readdir(folder)).toSorted());

/** The same account two days later: a key of 399 days is gone, and a user that had one key has got a second. */
export async function productionAccountLater(): Promise<SnapshotFile> {
  const before = await productionAccount();
  const [oldOnly] = keysOf(before, OLD_KEY_USER).filter(({ AccessKeyId }) => AccessKeyId !== OLD_KEY);
  const [first] = keysOf(before, PLANTED_KEY_USER);
  if (!oldOnly || !first) throw new Error('the sample has changed');
  const planted = { ...first, AccessKeyId: PLANTED_KEY, CreateDate: '2026-11-21T22:41:07+00:00' };
  const { accessKeys, accessKeyLastUsed, credentialReport } = before.facts;
  return {
    ...before,
    facts: {
      ...before.facts,
      accessKeys: withItems(accessKeys, {
        [OLD_KEY_USER]: { AccessKeyMetadata: [oldOnly] },
        [PLANTED_KEY_USER]: { AccessKeyMetadata: [first, planted] },
      }),
      accessKeyLastUsed: withItems(accessKeyLastUsed, {
        [PLANTED_KEY]: { UserName: PLANTED_KEY_USER, AccessKeyLastUsed: NEVER },
      }),
      credentialReport: withReport(credentialReport, (line) => {
        if (line.startsWith(`${OLD_KEY_USER},`)) return line.replace(/true,2026-09-30T.*,s3/, 'false,N/A,N/A,N/A,N/A');
        return line.startsWith(`${PLANTED_KEY_USER},`)
          ? line.replace(/false(,N\/A){4}(?=,false,N\/A,false,N\/A$)/, 'true,2026-11-21T22:41:07+00:00,N/A,N/A,N/A')
          : line;
      }),
    },
  };
}

/** The same account a day later: with the planted key, an attacker makes its user administrator. */
export async function productionAccountAttacked(): Promise<SnapshotFile> {
  const before = await productionAccountLater();
  const details = detailsSchema.parse(valueOf(before.facts.identities));
  const UserDetailList = details.UserDetailList.map((user) =>
    user['UserName'] === PLANTED_KEY_USER ? { ...user, AttachedManagedPolicies: [ADMINISTRATOR] } : user,
  );
  return { ...before, facts: { ...before.facts, identities: collected({ ...details, UserDetailList }) } };
}

const ADMINISTRATOR = { PolicyName: 'AdministratorAccess', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' };
const jsonObject = z.record(z.string(), z.json());
const detailsSchema = z.object({ UserDetailList: z.array(jsonObject) }).catchall(z.json());

const NEVER = { Region: 'N/A', ServiceName: 'N/A' };

type Fact = SnapshotFile['facts'][keyof SnapshotFile['facts']];

const keys = z.object({ AccessKeyMetadata: z.array(z.record(z.string(), z.string())) });

function keysOf({ facts }: SnapshotFile, user: string): readonly Readonly<Record<string, string>>[] {
  const items = z.record(z.string(), z.object({ value: z.json() })).parse(valueOf(facts.accessKeys));
  return keys.parse(items[user]?.value).AccessKeyMetadata;
}

function withItems(fact: Fact, items: Readonly<Record<string, Json>>): Fact {
  const seen = Object.entries(items).map(([name, value]) => [name, collected(value)] as const);
  return collected({ ...z.record(z.string(), z.json()).parse(valueOf(fact)), ...Object.fromEntries(seen) });
}

function withReport(fact: Fact, change: (line: string) => string): Fact {
  const report = z.looseObject({ Content: z.string() }).parse(valueOf(fact));
  return collected({ ...report, Content: report.Content.split('\n').map(change).join('\n') });
}

function valueOf(fact: Fact): Json {
  if (fact.status !== 'collected') throw new Error('the sample has changed');
  return fact.value;
}
