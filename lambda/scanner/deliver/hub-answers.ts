import { z } from 'zod';
import type { AsffFinding } from '../report/asff/finding.ts';
import { type Refused, SecurityHubError } from './hub.ts';

const text = z.string().catch('');

const importSchema = z.object({
  SuccessCount: z.int(),
  FailedCount: z.int(),
  FailedFindings: z.array(z.object({ Id: text, ErrorCode: text, ErrorMessage: text })).default([]),
});

/**
 * The findings that an import did not store. AWS returns both counts always, and each sent finding counts once.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchImportFindings.html
 *
 * @throws SecurityHubError when the answer does not say of each finding whether it was stored: it is then not known to be stored.
 */
export function refusedImports(answer: unknown, sent: readonly Pick<AsffFinding, 'Id'>[]): readonly Refused[] {
  const { SuccessCount, FailedCount, FailedFindings } = read(importSchema, answer);
  const refused = FailedFindings.map(({ Id, ErrorCode, ErrorMessage }) => ({ id: Id, code: ErrorCode, message: ErrorMessage }));
  const isWhole = SuccessCount + FailedCount === sent.length && FailedCount === refused.length;
  if (!isWhole || !areAmong(refused, sent))
    throw unsure(
      `of ${sent.length} findings it counts ${SuccessCount} stored and ${FailedCount} failed, and lists ${refused.length} that failed`,
    );
  return refused;
}

const updateSchema = z.object({
  ProcessedFindings: z.array(z.object({ Id: z.string() })),
  UnprocessedFindings: z.array(
    z.object({ FindingIdentifier: z.object({ Id: text }).catch({ Id: '' }), ErrorCode: text, ErrorMessage: text }),
  ),
});

/**
 * The findings that an update did not change. AWS returns both lists always.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindings.html
 *
 * @throws SecurityHubError when the answer does not say of each finding whether it was changed.
 */
export function refusedUpdates(answer: unknown, sent: readonly string[]): readonly Refused[] {
  const { ProcessedFindings, UnprocessedFindings } = read(updateSchema, answer);
  const refused = UnprocessedFindings.map(({ FindingIdentifier, ErrorCode, ErrorMessage }) => ({
    id: FindingIdentifier.Id,
    code: ErrorCode,
    message: ErrorMessage,
  }));
  const told = new Set([...ProcessedFindings.map(({ Id }) => Id), ...refused.map(({ id }) => id)]);
  if (!sent.every((id) => told.has(id)) || told.size !== sent.length)
    throw unsure(
      `of ${sent.length} findings it lists ${ProcessedFindings.length} that were changed and ${refused.length} that were not`,
    );
  return refused;
}

function read<T extends z.ZodType>(schema: T, answer: unknown): z.output<T> {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw unsure(`${parsed.error.issues[0]?.path.join('.') ?? 'it'} is missing or has another form`);
}

/** Whether each was sent, and none stands twice. */
function areAmong(refused: readonly Refused[], sent: readonly Pick<AsffFinding, 'Id'>[]): boolean {
  const ids = new Set(sent.map(({ Id }) => Id));
  return refused.every(({ id }) => ids.delete(id));
}

const unsure = (why: string): SecurityHubError =>
  new SecurityHubError('failed', `the answer does not say what was done: ${why}`, undefined);
