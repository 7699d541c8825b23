import path from 'node:path';
import { credentialReport } from '../facts/credential-report.ts';
import { identities } from '../facts/identities.ts';
import { type RawFactName, rawFactNames, rawFacts } from '../facts/index.ts';
import { organization } from '../facts/organization.ts';
import { SNAPSHOT_SCHEMA_VERSION, type SnapshotFile } from '../facts/snapshot-file.ts';
import { parseArn } from '../model/arn.ts';
import { toIso } from '../model/instant.ts';
import type { Json } from '../model/json.ts';
import { type Observed, collected, unavailable } from '../model/observed.ts';
import { newestDateIn } from './newest-date.ts';
import { firstOwnArn, firstOwnArnIn } from './own-arn.ts';
import { listFolder, readJson, readText } from './read-file.ts';

/** The facts that one file holds, as the AWS CLI prints them, by the name of the file. */
const factFiles = new Map(
  rawFactNames.flatMap((name) => {
    const { awsCliFile } = rawFacts[name];
    return typeof awsCliFile === 'string' ? [[awsCliFile, name]] : [];
  }),
);

/** The facts that a folder holds, one file an item, by the name of the folder; an item is named by a field of it or by its file. */
const factFolders = new Map(
  rawFactNames.flatMap((name) => {
    const { awsCliFile } = rawFacts[name];
    return typeof awsCliFile === 'object' && 'folder' in awsCliFile ? [[awsCliFile.folder, { name, ...awsCliFile }]] : [];
  }),
);

const DETAILS = identities.awsCliFile;
const { csv: REPORT_CSV, json: REPORT_JSON } = credentialReport.awsCliFile;
const IDENTITY = 'caller-identity.json';

type Facts = Partial<Record<RawFactName, Observed<Json>>>;

const withoutGz = (name: string) => name.replace(/\.gz$/, '');

/** The file of this name among the names of a folder, packed or not. */
export const fileNamed = (name: string, names: readonly string[]): string | undefined =>
  names.find((candidate) => withoutGz(candidate) === name);

/** Whether a folder holds files of an account, by their names; `organization.json` alone makes none. */
export const isAccountFolder = (names: readonly string[]): boolean =>
  names
    .map(withoutGz)
    .some(
      (name) =>
        name !== organization.awsCliFile &&
        (factFiles.has(name) || factFolders.has(name) || name === REPORT_CSV || name === REPORT_JSON),
    );

/**
 * Reads a folder of what the AWS CLI printed. What is missing is unavailable.
 *
 * @throws UsageError when a file that is there cannot be read.
 */
export async function readAccountFolder(folder: string, names: readonly string[]): Promise<SnapshotFile> {
  const parts = await Promise.all(names.map((name) => readPart(path.join(folder, name), withoutGz(name))));
  const report = await readCredentialReport(folder, names);
  const facts = [...parts, report].reduce<Facts>((all, part) => ({ ...all, ...part }), {});
  // Without a folder of live keys, the report tells what it knows of each user's keys.
  if (facts.credentialReport) for (const name of ['accessKeys', 'accessKeyLastUsed'] as const) facts[name] ??= collected({});
  const [details, identity] = await Promise.all(
    [DETAILS, IDENTITY].map(async (name) => {
      const file = fileNamed(name, names);
      return file === undefined ? undefined : readJson(path.join(folder, file));
    }),
  );
  return {
    ...envelope(details, identity, facts),
    takenAt: toIso(newestDateIn(facts)),
    facts: complete(facts),
  };
}

/** What a lone answer of `iam get-account-authorization-details` tells. */
export function readAuthorizationDetails(details: Json): SnapshotFile {
  const facts = { identities: whole(details) };
  return { ...envelope(details), takenAt: toIso(newestDateIn(facts)), facts: complete(facts) };
}

async function readPart(file: string, name: string): Promise<Facts> {
  const single = factFiles.get(name);
  if (single !== undefined) return { [single]: whole(await readJson(file)) };
  const fact = factFolders.get(name);
  if (fact === undefined) return {};
  const items = (await listFolder(file)).filter((item) => withoutGz(item).endsWith('.json'));
  const entries = await Promise.all(items.map((item) => readItem(path.join(file, item), fact.itemField)));
  return { [fact.name]: collected(Object.fromEntries(entries)) };
}

async function readItem(file: string, field: string | undefined): Promise<readonly [string, Observed<Json>]> {
  const value = await readJson(file);
  const named = field === undefined ? undefined : fieldOf(value, field);
  return [named ?? decodeName(withoutGz(path.basename(file)).replace(/\.json$/, '')), whole(value)];
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** The report as CSV, as JSON with the time at which it was made, or as both. */
async function readCredentialReport(folder: string, names: readonly string[]): Promise<Facts> {
  const [csv, json] = [fileNamed(REPORT_CSV, names), fileNamed(REPORT_JSON, names)];
  if (csv === undefined && json === undefined) return {};
  const answer = json === undefined ? {} : await readJson(path.join(folder, json));
  const content = csv === undefined ? {} : { Content: await readText(path.join(folder, csv)) };
  return { credentialReport: collected({ ...(isObject(answer) ? answer : {}), ...content }) };
}

const isObject = (json: Json): json is Readonly<Record<string, Json>> =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

const fieldOf = (value: Json | undefined, field: string): string | undefined => {
  const found =
    typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === field)?.[1] : undefined;
  return typeof found === 'string' ? found : undefined;
};

const ONE_PAGE = unavailable('it is one page of several: run the command again without --no-paginate, --max-items and the like');

/** An answer of the AWS CLI, which says so where it was broken off: by AWS's own words, or by the token to go on with. */
const whole = (answer: Json): Observed<Json> => (isBrokenOff(answer) ? ONE_PAGE : collected(answer));

const isBrokenOff = (answer: Json) =>
  isObject(answer) &&
  (answer['IsTruncated'] === true || ['NextToken', 'nextToken'].some((token) => typeof answer[token] === 'string'));

const NOT_THERE = unavailable('it is not in the snapshot');

const complete = (facts: Facts): SnapshotFile['facts'] => ({
  ...(Object.fromEntries(rawFactNames.map((name) => [name, NOT_THERE])) as Record<RawFactName, typeof NOT_THERE>),
  ...facts,
});

const NO_ACCOUNT = '000000000000';

/** The account is the caller's, or that of the first identity's ARN, or the first that the other answers name as their own. */
function envelope(details: Json | undefined, identity?: Json, facts: Facts = {}) {
  const arn = fieldOf(identity, 'Arn') ?? firstOwnArn(details) ?? firstOwnArnIn(facts);
  const { partition = 'aws', accountId = NO_ACCOUNT } = (arn === undefined ? undefined : parseArn(arn)) ?? {};
  return { schemaVersion: SNAPSHOT_SCHEMA_VERSION, partition, accountId, calls: 0 } as const;
}
