import {
  type AwsSecurityFinding,
  BatchImportFindingsCommand,
  BatchUpdateFindingsCommand,
  GetFindingsCommand,
  SecurityHubClient,
  type SecurityHubClientConfig,
} from '@aws-sdk/client-securityhub';
import { z } from 'zod';
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
  const { Findings = [], NextToken } = await client.send(
    new GetFindingsCommand({
      Filters: {
        ProductArn: equals(query.productArn),
        AwsAccountId: equals(query.account),
        Region: equals(query.region),
        Id: [{ Value: query.idPrefix, Comparison: 'PREFIX' }],
      },
      MaxResults: limits.batchFindings,
      ...(token === undefined ? {} : { NextToken: token }),
    }),
  );
  return { findings: Findings, ...(NextToken ? { next: NextToken } : {}) };
}

async function importFindings(client: SecurityHubClient, findings: readonly AsffFinding[]): Promise<readonly Refused[]> {
  // Our type matches the SDK's, but is read-only and keys the details by resource type.
  const Findings = findings as unknown as AwsSecurityFinding[];
  const { FailedFindings = [] } = await client.send(new BatchImportFindingsCommand({ Findings }));
  return FailedFindings.map(({ Id = '', ErrorCode = '', ErrorMessage = '' }) => ({
    id: Id,
    code: ErrorCode,
    message: ErrorMessage,
  }));
}

async function updateFindings(
  client: SecurityHubClient,
  ids: readonly string[],
  update: WorkflowUpdate,
): Promise<readonly Refused[]> {
  const { UnprocessedFindings = [] } = await client.send(
    new BatchUpdateFindingsCommand({
      FindingIdentifiers: ids.map((Id) => ({ Id, ProductArn: update.productArn })),
      Workflow: { Status: update.workflow },
      Note: { Text: update.note, UpdatedBy: update.noteBy },
    }),
  );
  return UnprocessedFindings.map(({ FindingIdentifier, ErrorCode = '', ErrorMessage = '' }) => ({
    id: FindingIdentifier?.Id ?? '',
    code: ErrorCode,
    message: ErrorMessage,
  }));
}

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
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    const status = answerSchema.safeParse(error).data?.$metadata.httpStatusCode;
    const answer = status === undefined ? 'without an answer' : `with HTTP status ${status}`;
    throw new SecurityHubError(failures[name] ?? 'failed', `securityhub:${call} failed ${answer}: ${name}: ${message}`, error);
  };
