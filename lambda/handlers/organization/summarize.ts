import { openTopic } from '../../scanner/deliver/aws-messages.ts';
import { runSummarize } from './run-summarize.ts';
import { runSchema, stateHandler } from './state.ts';

/** The last state: adds up the outcomes of all accounts. */
export const handler = stateHandler('summarize', runSchema, (event, { settings, until, ...context }) => {
  const { digestTopic, deliver, findingsRegion } = settings;
  return runSummarize(
    {
      ...context,
      publish: digestTopic === undefined ? undefined : openTopic(digestTopic, { until }),
      hubRegion: deliver === 'none' ? undefined : findingsRegion,
    },
    event,
  );
});
