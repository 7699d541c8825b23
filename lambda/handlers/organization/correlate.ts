import { runCorrelate } from './run-correlate.ts';
import { runSchema, stateHandler } from './state.ts';

/** Joins what the accounts told. */
export const handler = stateHandler('correlate', runSchema, (event, ports) => runCorrelate(ports, event));
