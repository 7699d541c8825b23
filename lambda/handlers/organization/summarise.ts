import { runSummarise } from './run-summarise.ts';
import { runSchema, stateHandler } from './state.ts';

/** The last state: adds up what became of every account. */
export const handler = stateHandler('summarise', runSchema, (event, ports) => runSummarise(ports, event));
