import { runCorrelate } from './run-correlate.ts';
import { runSchema, stateHandler } from './state.ts';

/** Combines the results of the accounts. */
export const handler = stateHandler('correlate', runSchema, (event, ports) => runCorrelate(ports, event));
