import { z } from 'zod';
import type { Handler, Handlers, Served } from '../call.ts';
import type { Quirks } from '../quirks.ts';
import { Refusal } from '../refusal.ts';

/** The default event bus and the topics of the account, and what they were sent. */
export interface LoopbackMessages {
  readonly events: { readonly source: string; readonly type: string; readonly detail: unknown }[];
  /** The ARNs of the topics that there are. */
  readonly topics: readonly string[];
  /** Events are answered as if they were taken, and are not. */
  readonly losesEvents?: true;
  readonly messages: { readonly topic: string; readonly subject: string; readonly text: string }[];
}

const byQuirks = new WeakMap<Quirks, LoopbackMessages>();

/** Lets a loopback AWS that is started with these quirks keep events and messages. One without takes events, and has no topic. */
export function withMessages(quirks: Quirks, taken: LoopbackMessages): Quirks {
  byQuirks.set(quirks, taken);
  return quirks;
}

/** Takes events and has these topics. */
export const noMessages = (...topics: readonly string[]): LoopbackMessages => ({ events: [], topics, messages: [] });

const takenBy = ({ quirks }: Served): LoopbackMessages | undefined => byQuirks.get(quirks);

const entriesSchema = z.array(z.object({ Source: z.string(), DetailType: z.string(), Detail: z.string() }));

const putEvents: Handler = (served, { parameters }) => {
  const entries = entriesSchema.parse(JSON.parse(parameters.get('Entries') ?? ''));
  const taken = takenBy(served);
  const Entries = entries.map(({ Source, DetailType, Detail }) => {
    if (taken?.losesEvents) return { ErrorCode: 'InternalFailure', ErrorMessage: 'it was lost' };
    taken?.events.push({ source: Source, type: DetailType, detail: JSON.parse(Detail) as unknown });
    return { EventId: '11710aed-b79e-4468-a20b-bb3c0c3b4860' };
  });
  return { FailedEntryCount: taken?.losesEvents ? entries.length : 0, Entries };
};

// https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
const SUBJECT = /^[!-~][ -~]{0,98}$/;

const publish: Handler = (served, { parameters }) => {
  const [topic = '', subject = '', text = ''] = ['TopicArn', 'Subject', 'Message'].map((name) => parameters.get(name));
  const taken = takenBy(served);
  if (!taken?.topics.includes(topic)) throw new Refusal(404, 'NotFound', 'Topic does not exist');
  if (!SUBJECT.test(subject)) throw new Refusal(400, 'InvalidParameter', 'Invalid parameter: Subject');
  taken.messages.push({ topic, subject, text });
  return { MessageId: '567910cd-659e-55d4-8ccb-5aaf14679dc0' };
};

/** The action of Amazon EventBridge. */
export const events: Handlers = new Map([['PutEvents', putEvents]]);

/** The action of Amazon SNS. */
export const sns: Handlers = new Map([['Publish', publish]]);
