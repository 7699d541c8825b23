import { type RawFactName } from '../facts/index.ts';
import { parseFact } from '../facts/snapshot.ts';
import { parseArn } from '../model/arn.ts';
import type { Json } from '../model/json.ts';
import type { Observed } from '../model/observed.ts';

/** The first ARN in an account among the identities of `iam get-account-authorization-details`. */
export function firstOwnArn(details: Json | undefined): string | undefined {
  if (!isObject(details)) return undefined;
  return Object.values(details)
    .flatMap((list: Json): readonly Json[] => (isList(list) ? list : []))
    .map((item) => (isObject(item) ? item['Arn'] : undefined))
    .find(isOwn);
}

/** Facts of which every ARN names the account itself; those of roles and keys may name others. */
const namingTheAccount: readonly RawFactName[] = [
  'virtualMfaDevices',
  'mfaDevices',
  'serverCertificates',
  'samlProviders',
  'oidcProviders',
  'analyzers',
];

/** The first ARN in an account that the credential report or another answer names as its own. */
export function firstOwnArnIn(facts: Partial<Record<RawFactName, Observed<Json>>>): string | undefined {
  const report = parseFact('credentialReport', facts.credentialReport);
  const rows =
    report.status === 'collected' ? [...(report.value.root ? [report.value.root] : []), ...report.value.rows.values()] : [];
  return rows.map(({ arn }) => arn).find(isOwn) ?? namingTheAccount.flatMap((name) => [...arnsIn(facts[name])]).find(isOwn);
}

const isOwn = (arn: Json | undefined): arn is string =>
  typeof arn === 'string' && /^\d{12}$/.test(parseArn(arn)?.accountId ?? '');

/** Every text that is an ARN, and every key. */
function* arnsIn(json: Json | Observed<Json> | undefined): Generator<string> {
  if (typeof json === 'string') yield json;
  if (typeof json !== 'object' || json === null) return;
  for (const [key, value] of Object.entries(json) as readonly (readonly [string, Json])[]) {
    yield key;
    yield* arnsIn(value);
  }
}

const isList = (json: Json | undefined): json is readonly Json[] => Array.isArray(json);
const isObject = (json: Json | undefined): json is Readonly<Record<string, Json>> =>
  typeof json === 'object' && json !== null && !isList(json);
