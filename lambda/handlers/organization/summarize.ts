import { runSummarize } from './run-summarize.ts';
import { runSchema, stateHandler } from './state.ts';

/** The last state: adds up the outcomes of all accounts. */
export const handler = stateHandler('summarize', runSchema, (event, ports) => runSummarize(ports, event));
