import { z } from 'zod';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import type { Probe } from '../../lambda/scanner/model/problem.ts';

/**
 * What the collected data tells of AWS where its documentation leaves it open: forms of values, never the values. Names and ids of the
 * account are left out, so that the answers can be sent to others.
 */
export function probesOf(files: readonly SnapshotFile[], paths: readonly string[] | undefined): readonly Probe[] {
  return [
    {
      id: 'mfa-certifications',
      question: 'certifications of FIDO devices (iam:GetMFADevice)',
      answer: forms(files.flatMap((file) => itemsOf(file, 'mfaCertifications').map(certificationsOf))),
    },
    {
      id: 'fido-serial-numbers',
      question: 'serial numbers of FIDO devices (iam:ListMFADevices)',
      answer: forms(
        files
          .flatMap((file) => textsOf(file.facts.mfaDevices))
          .filter(isFido)
          .map(formOfSerial),
      ),
    },
    {
      id: 'root-mfa',
      question: 'MFA devices of the root user',
      answer: forms(files.map(rootMfa)),
    },
    {
      id: 'organization-paths',
      question: 'Paths of accounts (organizations:ListAccounts)',
      answer: paths === undefined ? 'not asked; doctor --organization asks' : forms(paths.map(formOfPath)),
    },
    {
      id: 'regions',
      question: 'enabled Regions (account:ListRegions)',
      answer: forms(
        files.flatMap(({ facts }) => (facts.analyzers.status === 'collected' ? [keysOf(facts.analyzers.value)] : [])),
      ),
    },
    {
      id: 'identity-center-region',
      question: 'Region of IAM Identity Center, by the ARNs of its roles',
      answer: forms(files.flatMap((file) => textsOf(file.facts.identities)).flatMap(regionOfReservedRole)),
    },
  ];
}

const listed = z.looseObject({ Accounts: z.array(z.looseObject({ Paths: z.array(z.string()).optional() })) });

/** The paths of the accounts in `organization.json`; none where its accounts could not be listed. */
export function pathsIn(organization: unknown): readonly string[] {
  const { success, data } = listed.safeParse(organization);
  return success ? data.Accounts.flatMap(({ Paths = [] }) => Paths) : [];
}

const NONE = 'none seen';

/** Each form once, with how often it occurs; the same order for the same data. */
function forms(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const listed = [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([value, count]) => `${value} (${count})`);
  return listed.join('; ') || NONE;
}

const items = z.record(z.string(), z.looseObject({ value: z.json().optional() }));

/** The answers of a fact that has one for each device. */
function itemsOf({ facts }: SnapshotFile, name: 'mfaCertifications'): readonly Json[] {
  const fact = facts[name];
  const parsed = items.safeParse(fact.status === 'collected' ? fact.value : {});
  return parsed.success ? Object.values(parsed.data).flatMap(({ value }) => value ?? []) : [];
}

const device = z.looseObject({ Certifications: z.record(z.string(), z.json()).optional() });

function certificationsOf(answer: Json): string {
  const { success, data } = device.safeParse(answer);
  const pairs = Object.entries((success ? data.Certifications : undefined) ?? {}).map(
    ([key, value]) => `${key}=${JSON.stringify(value)}`,
  );
  return pairs.toSorted().join(' ') || 'no Certifications';
}

/** Every text in a fact, at any depth. */
function textsOf(fact: SnapshotFile['facts'][keyof SnapshotFile['facts']]): readonly string[] {
  return fact.status === 'collected' ? textsIn(fact.value) : [];
}

function textsIn(value: Json): readonly string[] {
  if (typeof value === 'string') return [value];
  // A list of JSON is JSON, and so are the fields of an object.
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap((item) => textsIn(item)) : [];
}

const isFido = (text: string) => text.includes(':u2f/');

/** Such as `arn:aws:iam::ACCOUNT:u2f/user/NAME/NAME-XXXX`: letters and digits that identify become A, a and 0. */
const formOfSerial = (serial: string): string => {
  const [, partition = '', owner = '', rest = ''] = /^arn:([^:]+):iam::\d*:u2f\/(root|user)\/?(.*)$/.exec(serial) ?? [];
  return owner === '' ? masked(serial) : `arn:${partition}:iam::ACCOUNT:u2f/${owner}/${masked(rest)}`;
};

const masked = (text: string) => text.replaceAll(/[a-z]/g, 'a').replaceAll(/[A-Z]/g, 'A').replaceAll(/\d/g, '0');

// Such as `o-*/r-*/ou-*/ACCOUNT/`.
const formOfPath = (path: string): string => path.replaceAll(/\b(o|r|ou)-[^/]*/g, '$1-*').replaceAll(/\d{12}/g, 'ACCOUNT');

const summary = z.looseObject({ SummaryMap: z.looseObject({ AccountMFAEnabled: z.number().optional() }) });

/** AWS lists the devices of the root user to the root user alone, but for a virtual one. */
function rootMfa({ facts }: SnapshotFile): string {
  const parsed = summary.safeParse(facts.accountSummary.status === 'collected' ? facts.accountSummary.value : undefined);
  if (!parsed.success) return 'not known';
  if (parsed.data.SummaryMap.AccountMFAEnabled !== 1) return 'none';
  const serials = [...textsOf(facts.virtualMfaDevices), ...textsOf(facts.mfaDevices)];
  const fido = serials.find((text) => text.includes(':u2f/root/'));
  if (fido !== undefined) return formOfSerial(fido);
  if (serials.some((text) => text.endsWith(':root'))) return 'virtual';
  return 'not virtual; only the root user can list it, by aws iam list-mfa-devices';
}

const keysOf = (value: Json): string =>
  typeof value === 'object' && value !== null ? Object.keys(value).toSorted().join(' ') : NONE;

/** A reserved role without a Region in its path is of an instance in us-east-1. https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html */
const regionOfReservedRole = (text: string): readonly string[] => {
  const found = /^arn:[^:]+:iam::\d+:role\/aws-reserved\/sso\.amazonaws\.com\/(?:([a-z0-9-]+)\/)?AWSReservedSSO_/.exec(text);
  return found ? [found[1] ?? 'no Region in the path'] : [];
};
