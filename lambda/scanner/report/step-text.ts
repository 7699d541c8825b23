import type { Step } from '../model/verdict.ts';

/** The part of an ARN that names the resource within its account: `role/ci-deploy`. */
export const shortName = (arn: string): string => arn.split(':').slice(5).join(':');

/** Whether the step is no step but the finding that the principal is allowed everything. */
export const isWholeAdmin = ({ actions }: Pick<Step, 'actions'>): boolean => actions.includes('*');

/** A step as its API calls: `iam:PassRole + lambda:CreateFunction role/ci-deploy`. */
export const callsOf = ({ actions, from, to }: Pick<Step, 'actions' | 'from' | 'to'>): string =>
  `${actions.join(' + ')}${from === to ? '' : ` ${shortName(to)}`}`;

/** The steps of a path as their API calls, in order. Empty for a principal that is admin without any step. */
export const pathInCalls = (path: readonly Step[]): string =>
  path
    .filter((step) => !isWholeAdmin(step))
    .map(callsOf)
    .join(' → ');
