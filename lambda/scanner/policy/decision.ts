import type { CompiledPolicy } from './compile.ts';
import type { Dependency } from './conditions/condition.ts';
import type { Statement } from './policy.ts';

/** A policy and where it comes from: `origin` is a policy ARN or an inline policy's name, passed on as it is. */
export interface PolicyInForce {
  readonly policy: CompiledPolicy;
  readonly origin: string;
  /** The group through which it is held; absent: directly. A group's inline policies can be called as those of its users. */
  readonly group?: string;
}

/** Names a statement for people: the origin of its policy and the group that holds it, its place from 0 and its Sid. */
export interface StatementRef {
  readonly policy: string;
  readonly index: number;
  readonly sid?: string;
  readonly group?: string;
}

/**
 * The outcome of the policies together. `allowed`: by the first statement that allows it unconditionally. `denied`: by the first
 * Deny that applies (`explicit`), or because no statement allows it (`by` is then empty). `depends`: it is allowed by `by` if
 * what `on` lists turns out right, for the Allow to hold and the `guards`, conditional Deny statements, not to.
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

/** Denied because nothing allows it. */
export const implicitDeny: Decision = { effect: 'denied', explicit: false, by: [] };

/** The reference to a statement of a policy. */
export function statementRef({ origin, group }: PolicyInForce, { index, sid }: Statement): StatementRef {
  const own = sid === undefined ? { policy: origin, index } : { policy: origin, index, sid };
  return group === undefined ? own : { ...own, group };
}
