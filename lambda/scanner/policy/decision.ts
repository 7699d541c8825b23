import type { CompiledPolicy } from './compile.ts';
import type { Dependency } from './conditions/condition.ts';
import type { Statement } from './policy.ts';

/** A policy and its origin: `origin` is a policy ARN or the name of an inline policy, passed on unchanged. */
export interface PolicyInForce {
  readonly policy: CompiledPolicy;
  readonly origin: string;
  /**
   * The group through which it is held; absent: directly. An inline policy of a group can have the same name as one of its users.
   */
  readonly group?: string;
}

/** Refers to a statement: the origin of its policy, the group that holds it, its index from 0 and its Sid. */
export interface StatementRef {
  readonly policy: string;
  readonly index: number;
  readonly sid?: string;
  readonly group?: string;
}

/**
 * The outcome of the policies together. `allowed`: by the first statement that allows it without a condition. `denied`: by the
 * first Deny that applies (`explicit`), or because no statement allows it (`by` is then empty). `depends`: allowed by `by` only
 * if the conditions in `on` turn out right: those of the Allow are met, and those of the `guards`, conditional Deny statements,
 * are not.
 */
export type Decision =
  | { readonly effect: 'allowed'; readonly by: readonly StatementRef[] }
  | { readonly effect: 'denied'; readonly explicit: boolean; readonly by: readonly StatementRef[] }
  | {
      readonly effect: 'depends';
      readonly by: readonly StatementRef[];
      readonly on: readonly Dependency[];
      readonly guards: readonly StatementRef[];
    };

/** Denied because no statement allows it. */
export const implicitDeny: Decision = { effect: 'denied', explicit: false, by: [] };

/** The reference to a statement of a policy. */
export function statementRef({ origin, group }: PolicyInForce, { index, sid }: Statement): StatementRef {
  const own = sid === undefined ? { policy: origin, index } : { policy: origin, index, sid };
  return group === undefined ? own : { ...own, group };
}
