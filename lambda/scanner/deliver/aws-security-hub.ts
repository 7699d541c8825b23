import {
  type AwsSecurityFinding,
  BatchImportFindingsCommand,
  BatchUpdateFindingsCommand,
  GetFindingsCommand,
  SecurityHubClient,
  type SecurityHubClientConfig,
} from '@aws-sdk/client-securityhub';
import { z } from 'zod';
import type { Instant } from '../model/instant.ts';
import type { AsffFinding } from '../report/asff/finding.ts';
import { limits } from '../report/asff/limits.ts';
import { RequestHandler, type RequestLimits } from '../requests/request-handler.ts';
import {
  type HubFailure,
  type HubPage,
  type HubQuery,
  type Refused,
  type SecurityHub,
  SecurityHubError,
  type WorkflowUpdate,
} from './hub.ts';
import { refusedImports, refusedUpdates } from './hub-answers.ts';

/** The Region and the credentials to call Security Hub with. */
export interface SecurityHubOptions extends RequestLimits {
  readonly region: string;
  /** The credentials of the account of the hub. Default: those of the environment. */
  readonly credentials?: SecurityHubClientConfig['credentials'];
}

const MAX_ATTEMPTS = 12;

/** Opens Security Hub in one Region, in the account of the credentials. */
export function openSecurityHub({ region, credentials, ...requestLimits }: SecurityHubOptions): SecurityHub {
  const requestHandler = new RequestHandler({ ...requestLimits, purpose: 'call Security Hub' });
  const whom = credentials === undefined ? {} : { credentials };
  const client = new SecurityHubClient({ region, ...whom, retryMode: 'adaptive', maxAttempts: MAX_ATTEMPTS, requestHandler });
  return {
    region,
    read: (query, token) => read(client, query, token).catch(explain('GetFindings')),
    import: (findings) => importFindings(client, findings).catch(explain('BatchImportFindings')),
    update: (ids, update) => updateFindings(client, ids, update).catch(explain('BatchUpdateFindings')),
    calls: () => requestHandler.requests,
  };
}

/** In an administrator account or an aggregation Region, the hub also holds findings of others. So every filter is needed. */
async function read(client: SecurityHubClient, query: HubQuery, token: string | undefined): Promise<HubPage> {
  const equals = (value: string) => [{ Value: value, Comparison: 'EQUALS' as const }];
  const { Findings, NextToken } = await client.send(
    new GetFindingsCommand({
      Filters: {
        ProductArn: equals(query.productArn),
        AwsAccountId: equals(query.account),
        Region: equals(query.region),
        Id: [{ Value: query.idPrefix, Comparison: 'PREFIX' }],
        ...(query.updated ? { UpdatedAt: [{ Start: iso(query.updated.from), End: iso(query.updated.to) }] } : {}),
      },
      MaxResults: limits.batchFindings,
      ...(token === undefined ? {} : { NextToken: token }),
    }),
  );
  if (!Array.isArray(Findings)) throw new SecurityHubError('failed', 'the answer has no list of findings', undefined);
  return { findings: Findings, ...(NextToken ? { next: NextToken } : {}) };
}

async function importFindings(client: SecurityHubClient, findings: readonly AsffFinding[]): Promise<readonly Refused[]> {
  // Our type matches the SDK's, but is read-only and keys the details by resource type.
  const Findings = findings as unknown as AwsSecurityFinding[];
  const answer: unknown = await client.send(new BatchImportFindingsCommand({ Findings }));
  return refusedImports(answer, findings);
}

async function updateFindings(
  client: SecurityHubClient,
  ids: readonly string[],
  update: WorkflowUpdate,
): Promise<readonly Refused[]> {
  const answer: unknown = await client.send(
    new BatchUpdateFindingsCommand({
      FindingIdentifiers: ids.map((Id) => ({ Id, ProductArn: update.productArn })),
      Workflow: { Status: update.workflow },
      Note: { Text: update.note, UpdatedBy: update.noteBy },
    }),
  );
  return refusedUpdates(answer, ids);
}

const iso = (instant: Instant) => new Date(instant).toISOString();

const failures: Readonly<Partial<Record<string, HubFailure>>> = {
  InvalidAccessException: 'not-enabled',
  AccessDeniedException: 'denied',
  AccessDenied: 'denied',
  InvalidInputException: 'invalid',
  ValidationException: 'invalid',
};

const answerSchema = z.object({ $metadata: z.object({ httpStatusCode: z.number() }) });

/** The error of a call, with its name, and with the HTTP status if there was an answer. */
const explain =
  (call: string) =>
  (error: unknown): never => {
    if (error instanceof SecurityHubError)
      throw new SecurityHubError(error.failure, `securityhub:${call} failed: ${error.message}`, error.cause);
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    const status = answerSchema.safeParse(error).data?.$metadata.httpStatusCode;
    const answer = status === undefined ? 'without an answer' : `with HTTP status ${status}`;
    throw new SecurityHubError(failures[name] ?? 'failed', `securityhub:${call} failed ${answer}: ${name}: ${message}`, error);
  };
