import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { accountRunEnded } from '../../lambda/handlers/run-ended.ts';
import { digestOf } from '../../lambda/scanner/report/digest/digest.ts';
import { verdictCounts } from '../../lambda/scanner/report/verdict-counts.ts';
import { untoldItem } from './untold.ts';

const page = readFileSync(path.join(__dirname, '../../docs/events.md'), 'utf8');
const blocks = [...page.matchAll(/^```json (\w+) ?(\w*)\n([\s\S]*?)^```$/gm)];
const transformers = blocks.flatMap(([, kind, name = '', text = '']) => (kind === 'transformer' ? [[name, text] as const] : []));

const digest = (count: number) => {
  const subject = {
    account: '111122223333',
    scope: 'account 111122223333',
    startedAt: '2026-11-20T03:00:00Z',
    page: 'https://console.example/latest.html',
  };
  return digestOf(
    { ...subject, hubRegion: 'eu-west-1' },
    count === 0 ? [] : [{ ...untoldItem, headline: 'a "quote" \\ and <title>' }],
  );
};

/** The event as EventBridge has it. */
function eventWith(count: number) {
  const failed = { INFORMATIONAL: 0, LOW: 0, MEDIUM: 0, HIGH: count, CRITICAL: 0 };
  const result = {
    ...{ account: '111122223333', headline: 'complete', complete: true, problems: [], unknown: [], notices: [], calls: 1 },
    ...{ summary: { failed, unknown: 0, suppressed: 0, passed: 1, checks: 1 }, delivery: undefined, milliseconds: 1 },
    admins: verdictCounts([]),
  };
  const { source, type, detail } = accountRunEnded(result, { id: 'run-1', startedAt: '2026-11-20T03:00:00Z' }, digest(count));
  return { source, 'detail-type': type, detail };
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern.html */
function matches(pattern: unknown, value: unknown): boolean {
  if (Array.isArray(pattern)) return pattern.includes(value);
  const inner = z.record(z.string(), z.unknown()).parse(value);
  return Object.entries(pattern as object).every(([name, of]) => name in inner && matches(of, inner[name]));
}

const transformerSchema = z.object({ InputPathsMap: z.record(z.string(), z.string()), InputTemplate: z.string() });

/** Puts JSON in place of each variable. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html */
function transform(text: string, event: object): unknown {
  const { InputPathsMap, InputTemplate } = transformerSchema.parse(JSON.parse(text));
  const valueAt = (jsonPath: string) =>
    jsonPath
      .split('.')
      .slice(1)
      .reduce<unknown>((value, name) => z.record(z.string(), z.unknown()).parse(value)[name], event);
  const filled = InputTemplate.replaceAll(/<(\w+)>/g, (_, name: string) => JSON.stringify(valueAt(InputPathsMap[name] ?? '')));
  return JSON.parse(filled);
}

test('the pattern takes a run that has something to tell, and no other', () => {
  const pattern: unknown = JSON.parse(blocks.find(([, kind]) => kind === 'pattern')?.[3] ?? '');
  expect([matches(pattern, eventWith(1)), matches(pattern, eventWith(0))]).toEqual([true, false]);
});

test('there is a recipe for each service', () => {
  expect(transformers.map(([name]) => name)).toEqual(['slack', 'jira', 'servicenow', 'pagerduty']);
});

const { title, text, key } = digest(1);
const wanted: Readonly<Record<string, object>> = {
  slack: { version: '1.0', source: 'custom', content: { textType: 'client-markdown', title, description: text } },
  jira: { fields: { summary: title, description: text } },
  servicenow: { short_description: title, description: text, correlation_id: key },
  pagerduty: { event_action: 'trigger', dedup_key: key, payload: { summary: title, source: 'iam-vigil', severity: 'critical' } },
};

test.each(transformers)('the transformer for %s makes what the service takes', (name, transformer) => {
  expect(transform(transformer, eventWith(1))).toMatchObject(wanted[name] ?? {});
  // The shortest limits of the fields: a correlation ID of ServiceNow, and a summary of Jira.
  expect([key.length <= 100, title.length <= 255]).toEqual([true, true]);
});
