/**
 * What was seen, or why it could not be. Facts that need one call an identity (access keys, MFA devices) hold one of these for
 * each, so that one refused call hides one identity and no more.
 */
export type Observed<T> =
  | { readonly status: 'collected'; readonly value: T }
  | { readonly status: 'unavailable'; readonly reason: string; readonly action?: string };

/** Why something could not be seen. */
export type Unavailable = Extract<Observed<never>, { readonly status: 'unavailable' }>;

/** A collected fact, or one of its items. */
export const collected = <T>(value: T): Observed<T> => ({ status: 'collected', value });

/** A fact that could not be seen; `action` is the IAM action that was refused, where one was. */
export const unavailable = (reason: string, action?: string): Unavailable => ({
  status: 'unavailable',
  reason,
  ...(action === undefined ? {} : { action }),
});
