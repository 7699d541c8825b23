import { z } from 'zod';
import { UsageError } from '../errors.ts';
import { accountsNamedIn } from '../evaluate/proof.ts';
import type { Stored } from '../evaluate/reconcile.ts';
import { parseArn } from '../model/arn.ts';
import { instantSchema } from '../model/instant.ts';
import { severities } from '../model/severity.ts';
import type { AsffFinding } from '../report/asff/finding.ts';
import { FINGERPRINT, HIDDEN_BY_EXCEPTION, OPEN_UNTIL } from '../report/asff/product-fields.ts';
import { securityHubActions } from '../permissions.ts';
import { type HubQuery, type Refused, type SecurityHub, SecurityHubError } from './hub.ts';
import type { Sleep } from './pace.ts';
import { findingsOf } from './pages.ts';

/** A stored finding: the fields to compare, and the document to send if only its state changes. */
export interface StoredFinding extends Stored {
  readonly document: AsffFinding;
}

const text = z.string().optional();
const recordSchema = z.record(z.string(), z.string());

/** The fields that we write. Fields that Security Hub and people add are left out, because we must not send them back. */
const documentSchema = z.object({
  SchemaVersion: z.literal('2018-10-08'),
  Id: z.string(),
  ProductArn: z.string(),
  ProductName: text,
  CompanyName: text,
  GeneratorId: z.string(),
  AwsAccountId: z.string(),
  AwsAccountName: text,
  Title: z.string(),
  Description: z.string(),
  CreatedAt: z.string(),
  UpdatedAt: z.string(),
  FirstObservedAt: text,
  LastObservedAt: text,
  Remediation: z.object({ Recommendation: z.object({ Text: text, Url: text }).optional() }).optional(),
  SourceUrl: text,
  ProductFields: recordSchema
    .transform((fields) => Object.fromEntries(Object.entries(fields).filter(([key]) => !key.startsWith('aws/'))))
    .optional(),
  Resources: z.array(
    z.object({
      Type: z.string(),
      Id: z.string(),
      Partition: text,
      Region: text,
      Tags: recordSchema.optional().catch(undefined),
      Details: z.record(z.string(), z.json()).optional().catch(undefined),
    }),
  ),
  Compliance: z
    .object({
      Status: z.enum(['PASSED', 'WARNING', 'FAILED', 'NOT_AVAILABLE']),
      StatusReasons: z.array(z.object({ ReasonCode: z.string(), Description: text })).optional(),
      RelatedRequirements: z.array(z.string()).optional(),
      AssociatedStandards: z.array(z.object({ StandardsId: z.string() })).optional(),
    })
    .optional(),
  RecordState: z.enum(['ACTIVE', 'ARCHIVED']),
  FindingProviderFields: z.object({
    Severity: z.object({ Label: z.enum(severities), Original: text }).optional(),
    Types: z.array(z.string()).optional(),
  }),
});

const stateSchema = z.object({
  Region: text,
  CreatedAt: instantSchema,
  UpdatedAt: instantSchema,
  LastObservedAt: instantSchema.optional(),
  Workflow: z.object({ Status: z.string() }).optional(),
  Note: z.object({ Text: z.string(), UpdatedBy: z.string() }).optional(),
});

/** Reads a stored finding. Undefined if iam-vigil cannot have written it. */
function parseStored(raw: unknown): StoredFinding | undefined {
  const document = documentSchema.safeParse(raw);
  const state = stateSchema.safeParse(raw);
  if (!document.success || !state.success) return undefined;
  const { CreatedAt, FirstObservedAt = CreatedAt, LastObservedAt = FirstObservedAt, ...content } = document.data;
  const { Region, UpdatedAt, Workflow, Note } = state.data;
  const fingerprint = content.ProductFields?.[FINGERPRINT];
  return {
    id: content.Id,
    productArn: content.ProductArn,
    account: content.AwsAccountId,
    // Security Hub sets the Region. The product ARN has the same Region.
    region: Region ?? parseArn(content.ProductArn)?.region ?? '',
    isArchived: content.RecordState === 'ARCHIVED',
    isJudged: content.Compliance?.Status === 'FAILED' || content.Compliance?.Status === 'PASSED',
    isSuppressed: Workflow?.Status === 'SUPPRESSED',
    isHiddenByException: content.ProductFields?.[HIDDEN_BY_EXCEPTION] !== undefined,
    ...(Note ? { note: { text: Note.Text, by: Note.UpdatedBy } } : {}),
    ...(fingerprint === undefined ? {} : { fingerprint }),
    accounts: accountsIn(content.ProductFields ?? {}),
    ...openUntil(content.ProductFields?.[OPEN_UNTIL]),
    updatedAt: UpdatedAt,
    ...(state.data.LastObservedAt === undefined ? {} : { observedAt: state.data.LastObservedAt }),
    document: { ...content, CreatedAt, FirstObservedAt, LastObservedAt },
  };
}

function openUntil(text: string | undefined): Pick<Stored, 'openUntil'> {
  const instant = instantSchema.safeParse(text).data;
  return instant === undefined ? {} : { openUntil: instant };
}

/** The accounts that evidence and paths name. */
const accountsIn = (fields: Readonly<Record<string, string>>): readonly string[] =>
  accountsNamedIn(
    Object.entries(fields)
      .flatMap(([key, value]) => (OF_EVIDENCE.test(key) ? `${key} ${value}` : []))
      .join(' '),
  );

const OF_EVIDENCE = /^iam-vigil\/(Evidence|Path)\//;

const idOf = (raw: unknown): string => z.object({ Id: z.string() }).safeParse(raw).data?.Id ?? '';

/** The stored findings. */
export interface ReadFindings {
  readonly found: readonly StoredFinding[];
  /** Findings with one of our IDs but in a form that we do not write. They are reported, not ignored. */
  readonly unreadable: readonly Refused[];
}

/**
 * Reads every stored finding that matches the query, including archived ones.
 *
 * @throws UsageError when Security Hub is not enabled or access is denied.
 */
export async function readStored(hub: SecurityHub, query: HubQuery, sleep: Sleep): Promise<ReadFindings> {
  const found: StoredFinding[] = [];
  const unreadable: Refused[] = [];
  try {
    for await (const raw of findingsOf(hub, query, sleep)) {
      const finding = parseStored(raw);
      if (finding) found.push(finding);
      else unreadable.push({ id: idOf(raw), code: 'unreadable', message: UNREADABLE });
    }
  } catch (error) {
    return explain(query)(error);
  }
  return { found, unreadable };
}

const UNREADABLE = 'the stored finding does not have the form that iam-vigil writes';

const explain =
  ({ account, region }: HubQuery) =>
  (error: unknown): never => {
    const failure = error instanceof SecurityHubError ? error.failure : undefined;
    if (failure === 'not-enabled')
      throw new UsageError(
        `Security Hub is not enabled in account ${account}, Region ${region}. Choose the Region where it is enabled, or enable it: aws securityhub enable-security-hub --no-enable-default-standards --region ${region}`,
        { cause: error },
      );
    if (failure === 'denied')
      throw new UsageError(
        `access to Security Hub was denied in account ${account}, Region ${region}. The credentials must belong to that account and allow ${securityHubActions.join(', ')}`,
        { cause: error },
      );
    throw error;
  };
