/**
 * What was collected, or why it could not be. Facts that need one call for each identity (access keys, MFA devices) have one of
 * these for each, so that one denied call hides only one identity.
 */
export type Observed<T> =
  | { readonly status: 'collected'; readonly value: T }
  | { readonly status: 'unavailable'; readonly reason: string; readonly action?: string };

/** Why something could not be collected. */
export type Unavailable = Extract<Observed<never>, { readonly status: 'unavailable' }>;

/** A collected fact, or one of its items. */
export const collected = <T>(value: T): Observed<T> => ({ status: 'collected', value });

/** A fact that could not be collected; `action` is the IAM action that was denied, where one was. */
export const unavailable = (reason: string, action?: string): Unavailable => ({
  status: 'unavailable',
  reason,
  ...(action === undefined ? {} : { action }),
});

/** The value, if there is one and it was collected. Where that is not so, nothing may be concluded from its absence. */
export const ifCollected = <T>(observed: Observed<T> | undefined): T | undefined =>
  observed?.status === 'collected' ? observed.value : undefined;
