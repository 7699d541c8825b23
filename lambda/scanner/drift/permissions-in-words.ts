import type { AllowedMore } from '../policy/queries/allows-more.ts';
import { UNNAMED } from '../policy/queries/unnamed-resource.ts';

const SHOWN = 10;

/** The actions, each once; those of a pattern with its wildcard. */
export const actionsOf = (requests: readonly AllowedMore[]): readonly string[] =>
  [...new Set(requests.map(({ action }) => action.replaceAll(UNNAMED, '*').replace('*:*', '*')))].slice(0, SHOWN);
