import { z } from 'zod';
import { type Change, type Incomparable, changeKinds, changeParts } from '../../../lambda/scanner/model/change.ts';
import type { Finding } from '../../../lambda/scanner/model/finding.ts';
import type { InformationalRecord } from '../../../lambda/scanner/model/informational-record.ts';
import type { Json } from '../../../lambda/scanner/model/json.ts';
import type { AccountSummaryLine, Report, Summary, UnreadData } from '../../../lambda/scanner/model/report.ts';
import { type Resource, resourceTypes } from '../../../lambda/scanner/model/resource.ts';
import { severities } from '../../../lambda/scanner/model/severity.ts';
import { standardNames } from '../../../lambda/scanner/model/standards.ts';
import { type Shape, listOf } from './shape.ts';
import { principalSchema } from './verdict.ts';

const text = z.string();
const count = z.number();
const severity = z.enum(severities);
const evidence = z.record(text, z.custom<Json>());

const summary = z
  .object({
    failed: z.record(severity, count),
    unknown: count,
    suppressed: count,
    passed: count,
    checks: count,
    switchedOff: count.exactOptional(),
  } satisfies Shape<Summary>)
  .meta({ id: 'Summary' });

const account = z
  .object({
    account: text,
    name: text.exactOptional(),
    takenAt: text,
    complete: z.boolean(),
    failed: count,
  } satisfies Shape<AccountSummaryLine>)
  .meta({ id: 'AccountSummaryLine' });

const unread = z
  .object({
    account: text,
    fact: text,
    isWanted: z.boolean(),
    elements: listOf(text),
    count,
    checks: listOf(text),
  } satisfies Shape<UnreadData>)
  .meta({ id: 'UnreadData' });

const resource = z
  .object({ type: z.enum(resourceTypes), arn: text, name: text, id: text } satisfies Shape<Resource>)
  .meta({ id: 'Resource' });

const told = {
  id: text,
  checkId: text,
  title: text,
  headline: text,
  account: text,
  resource: resource.omit({ id: true }),
  message: text,
  evidence,
  remediation: text,
  standards: z.partialRecord(z.enum(standardNames), text),
  openUntil: text.exactOptional(),
  causes: listOf(text).exactOptional(),
} satisfies Shape<Omit<Finding, 'severity' | 'status'>>;

const finding = z
  .object({ ...told, severity, status: z.enum(['FAILED', 'UNKNOWN', 'SUPPRESSED']) } satisfies Shape<Finding>)
  .meta({ id: 'Finding' });

const record = z
  .object({
    ...told,
    severity: z.literal('INFORMATIONAL'),
    status: z.literal('PASSED'),
  } satisfies Shape<InformationalRecord>)
  .meta({ id: 'InformationalRecord' });

const change = z
  .object({
    account: text,
    kind: z.enum(changeKinds),
    effect: z.enum(['worse', 'better', 'neutral']),
    severity,
    resource,
    principalArn: text.exactOptional(),
    isAdmin: z.boolean().exactOptional(),
    isBreakGlass: z.boolean().exactOptional(),
    headline: text,
    message: text,
    evidence,
  } satisfies Shape<Change>)
  .meta({ id: 'Change' });

const notCompared = z
  .object({
    account: text,
    part: z.enum(changeParts),
    resource: resource.exactOptional(),
    reason: text,
  } satisfies Shape<Incomparable & { readonly account: string }>)
  .meta({ id: 'Incomparable' });

/** The report, as `--format json` prints it. The compiler holds it equal to the type, so that neither can change alone. */
export const reportSchema = z
  .object({
    schemaVersion: z.literal(1),
    tool: z.object({ name: z.literal('iam-vigil'), version: text }),
    account: text,
    accounts: listOf(account),
    notAnalyzed: listOf(text).exactOptional(),
    partlyAnalyzed: listOf(text).exactOptional(),
    unread: listOf(unread).exactOptional(),
    takenAt: text,
    complete: z.boolean(),
    calls: count,
    summary,
    admins: listOf(principalSchema),
    findings: listOf(finding),
    records: listOf(record),
    changes: listOf(change),
    notCompared: listOf(notCompared).exactOptional(),
    docsUrl: text.exactOptional(),
    notices: listOf(text),
  } satisfies Shape<Report>)
  .meta({ id: 'Report' });

type Fits<T extends z.output<typeof reportSchema>> = T;

/** A report as the schema has it. It does not compile if the type allows a report that the schema refuses. */
export type DescribedReport = Fits<Report>;
