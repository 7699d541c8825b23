import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { type Instant, instantSchema } from '../model/instant.ts';
import type { Fact } from './fact.ts';

/** A date of the report: known, `never` (or before it was tracked), or `unsupported` where AWS does not tell. */
export type ReportedDate = Instant | 'never' | 'unsupported';

/** One of the two access keys of a user in the report, which has no key ids. */
export interface ReportedKey {
  readonly active: boolean;
  /** When the key was created *or its status last changed*, whichever is later. */
  readonly lastRotated: ReportedDate;
  readonly lastUsed: ReportedDate;
}

/** One row of the credential report: a user, or root. */
export interface CredentialReportRow {
  /** The user name; root's row is `<root_account>`. */
  readonly user: string;
  readonly arn: string;
  readonly isRoot: boolean;
  /** `unsupported` for root in accounts and partitions where the report does not tell. */
  readonly passwordEnabled: boolean | 'unsupported';
  readonly passwordLastUsed: ReportedDate;
  readonly passwordLastChanged: ReportedDate;
  readonly mfaActive: boolean;
  readonly keys: readonly [ReportedKey, ReportedKey];
  readonly activeCertificates: number;
}

/** The credential report of the account; AWS generates a new one every four hours at most. */
export interface CredentialReport {
  readonly generatedAt?: Instant;
  readonly rows: ReadonlyMap<string, CredentialReportRow>;
  readonly root?: CredentialReportRow;
}

const ROOT = '<root_account>';

const reportedDate = z.string().transform((text, context): ReportedDate => {
  if (text === 'N/A' || text === 'no_information' || text === '') return 'never';
  if (text === 'not_supported') return 'unsupported';
  const date = instantSchema.safeParse(text);
  if (date.success) return date.data;
  context.addIssue({ code: 'custom', message: `is not a date: ${text.slice(0, 40)}` });
  return z.NEVER;
});

const flag = z.string().transform((text) => text.toLowerCase() === 'true');

const rowSchema = z
  .object({
    user: z.string(),
    arn: z.string(),
    password_enabled: z.string(),
    password_last_used: reportedDate,
    password_last_changed: reportedDate.default('unsupported'),
    mfa_active: flag,
    access_key_1_active: flag,
    access_key_1_last_rotated: reportedDate,
    access_key_1_last_used_date: reportedDate,
    access_key_2_active: flag,
    access_key_2_last_rotated: reportedDate,
    access_key_2_last_used_date: reportedDate,
    cert_1_active: flag.default(false),
    cert_2_active: flag.default(false),
  })
  .transform((row): CredentialReportRow => ({
    user: row.user,
    arn: row.arn,
    isRoot: row.user === ROOT,
    passwordEnabled: row.password_enabled === 'not_supported' ? 'unsupported' : row.password_enabled.toLowerCase() === 'true',
    passwordLastUsed: row.password_last_used,
    passwordLastChanged: row.password_last_changed,
    mfaActive: row.mfa_active,
    keys: [
      { active: row.access_key_1_active, lastRotated: row.access_key_1_last_rotated, lastUsed: row.access_key_1_last_used_date },
      { active: row.access_key_2_active, lastRotated: row.access_key_2_last_rotated, lastUsed: row.access_key_2_last_used_date },
    ],
    activeCertificates: Number(row.cert_1_active) + Number(row.cert_2_active),
  }));

function reportOf(rows: readonly CredentialReportRow[], generatedAt: Instant | null | undefined): CredentialReport {
  const root = rows.find(({ isRoot }) => isRoot);
  return {
    rows: new Map(rows.filter(({ isRoot }) => !isRoot).map((row) => [row.user, row])),
    ...(generatedAt == null ? {} : { generatedAt }),
    ...(root ? { root } : {}),
  };
}

/** The text of the report: the API and the AWS CLI return it in base64, which has no commas; a saved file may be plain CSV. */
const decodeContent = (content: string): string =>
  content.includes(',') ? content : Buffer.from(content, 'base64').toString('utf8');

/** Every report has at least the row of root. */
const rowsSchema = z
  .string()
  .transform((text, context): unknown => {
    try {
      return parse(text, { columns: true, bom: true, skip_empty_lines: true });
    } catch (error) {
      context.addIssue({ code: 'custom', message: String(error) });
      return z.NEVER;
    }
  })
  .pipe(z.array(rowSchema).min(1, 'it has no rows'));

/**
 * Reads the credential report. Columns are found by name, since AWS has added some; user names may contain commas.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
 */
export const credentialReportSchema = z
  .object({ Content: z.string(), GeneratedTime: instantSchema.nullish() })
  .transform(({ Content, GeneratedTime }, context): CredentialReport => {
    const rows = rowsSchema.safeParse(decodeContent(Content));
    if (rows.success) return reportOf(rows.data, GeneratedTime);
    context.addIssue({ code: 'custom', message: `is not a credential report: ${z.prettifyError(rows.error).slice(0, 200)}` });
    return z.NEVER;
  });

/** What `iam get-credential-report` prints, its content decoded. */
export const credentialReport = {
  name: 'credentialReport',
  schema: credentialReportSchema,
  actions: ['iam:GenerateCredentialReport', 'iam:GetCredentialReport'],
  awsCliFile: { csv: 'credential-report.csv', json: 'credential-report.json' },
  dependsOn: [],
} as const satisfies Fact;

/** The newest date in a report: it was made then or later. */
export function newestDate({ rows, root }: CredentialReport): number {
  const datesOf = ({ passwordLastUsed, passwordLastChanged, keys }: CredentialReportRow) => [
    ...[passwordLastUsed, passwordLastChanged],
    ...keys.flatMap(({ lastRotated, lastUsed }) => [lastRotated, lastUsed]),
  ];
  const dates = [...rows.values(), ...(root ? [root] : [])].flatMap(datesOf).filter((date) => typeof date === 'number');
  return dates.reduce((newest, date) => Math.max(newest, date), -Infinity);
}
