import { z } from 'zod';
import type { RawFactName } from '../../lambda/scanner/facts/index.ts';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import { type Instant, DAY, toIso } from '../../lambda/scanner/model/instant.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { collected, ifCollected } from '../../lambda/scanner/model/observed.ts';
import { acquiredAccount } from '../collect/busy-account.ts';
import { NOW } from '../support/builders.ts';

/** A user who can read all secrets, with one key. */
export const OWNER = 'marc.leroy';
/** The key that an attacker makes on that user in the place of its own. */
export const NEW_KEY = 'AKIAPLANTEDEXAMPLE01';

const identities = z.looseObject({ UserDetailList: z.array(z.looseObject({ UserName: z.string() })) });
const report = z.looseObject({ Content: z.string() });
const json = z.json();

/** The same file with another value of a fact. */
export const withFact = (file: SnapshotFile, name: RawFactName, fact: SnapshotFile['facts'][RawFactName]): SnapshotFile => ({
  ...file,
  facts: { ...file.facts, [name]: fact },
});

/** The access keys of the users, as they were listed. */
export function listedKeys({ facts }: SnapshotFile): Readonly<Record<string, Json>> {
  const keys = ifCollected(facts.accessKeys);
  if (keys === undefined) throw new Error('the sample has changed');
  return keys as Readonly<Record<string, Json>>;
}

const withKey = (file: SnapshotFile, AccessKeyId: string, CreateDate: string): SnapshotFile => {
  const answer = { AccessKeyMetadata: [{ UserName: OWNER, AccessKeyId, Status: 'Active', CreateDate }] };
  return withFact(file, 'accessKeys', collected({ ...listedKeys(file), [OWNER]: collected(answer) }));
};

/** The smallest account of the sample, in which root was used and {@link OWNER} has a key. */
export async function quietAccount(): Promise<SnapshotFile> {
  const file = await acquiredAccount();
  const { UserDetailList, ...rest } = identities.parse(ifCollected(file.facts.identities));
  const { Content, ...more } = report.parse(ifCollected(file.facts.credentialReport));
  const created = '2026-10-15T08:00:00+00:00';
  const reads = { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: '*' };
  const policy = { PolicyName: 'secrets', PolicyDocument: { Version: '2012-10-17', Statement: [reads] } };
  const users = UserDetailList.map((user) => (user.UserName === OWNER ? { ...user, UserPolicyList: [policy] } : user));
  const csv = Content.replace('2026-02-11T16:20:00', '2026-11-19T14:15:00').replace(
    new RegExp(`^(${OWNER},.*?),false,N/A,N/A`, 'm'),
    (_, start: string) => `${start},true,${created},2026-11-18T09:30:00+00:00`,
  );
  const withUsers = withFact(file, 'identities', collected(json.parse({ ...rest, UserDetailList: users })));
  const reported = withFact(withUsers, 'credentialReport', collected(json.parse({ ...more, Content: csv })));
  return asOf(withKey(reported, 'AKIAOFTHEOWNEREXAMPLE', created), NOW);
}

/** The account after an attacker replaced that key. */
export const attacked = (file: SnapshotFile): SnapshotFile => withKey(file, NEW_KEY, toIso(NOW + DAY / 2));

/** The same account at another time, with a credential report of an hour before. */
export function asOf(file: SnapshotFile, at: Instant): SnapshotFile {
  const credentialReport = json.parse({
    ...report.parse(ifCollected(file.facts.credentialReport)),
    GeneratedTime: toIso(at - DAY / 24),
  });
  return { ...withFact(file, 'credentialReport', collected(credentialReport)), takenAt: toIso(at) };
}
