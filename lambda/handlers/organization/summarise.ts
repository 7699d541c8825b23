import { runSummarise } from './run-summarise.ts';
import { runSchema, stateHandler } from './state.ts';

/** The last state: adds up the outcomes of all accounts. */
export const handler = stateHandler('summarise', runSchema, (event, ports) => runSummarise(ports, event));
