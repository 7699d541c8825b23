import type { TagAssignment } from '../../iam/tag-assignments.ts';
import type { Preparation, Tagging } from '../edges.ts';
import type { CompiledPolicies, CrossAccountPrincipal } from './cross-account-assumption.ts';

/** A cross-account principal, with the class of its identity side. */
export interface SourceCandidate extends CrossAccountPrincipal {
  /** The node from which it assumes roles. */
  readonly node: string;
  readonly sourceClass: SourceClass;
  /** How it changes itself before it assumes a role. */
  readonly changed?: Preparation;
  /** The tags that it can get before it assumes a role, and who acts as it then. */
  readonly tagged?: Tagging;
  /** Of a session of a role with tags: its tags, once they are chosen, and who gets it in its own account. */
  readonly session?: { readonly tags: TagAssignment; readonly inAccount: readonly Tagging[] };
}

/** Principals with the same identity side. */
export interface SourceClass {
  readonly id: string;
  readonly policies: CompiledPolicies;
  /** Whether it may assume any role at all, so that no further decision is needed. */
  readonly isUnrestricted: boolean;
  /** The roles that it may assume, where all are named in full. */
  readonly named: readonly string[] | undefined;
}
