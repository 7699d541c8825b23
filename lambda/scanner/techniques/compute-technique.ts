import type { ComputeKind } from '../facts/compute.ts';
import type { NamedResources } from '../iam/resource-candidates.ts';

// The aliases, and the permissions of many techniques, are from pathfinding.cloud by Datadog (Apache-2.0):
// https://github.com/DataDog/pathfinding.cloud

interface ComputeTechnique {
  /** Our id, kebab-case, from what is done; never reused. */
  readonly id: string;
  /** The ids under which pathfinding.cloud lists the path; empty where it does not. */
  readonly aliases: readonly string[];
  /** What is done, as an instruction that mentions the role: `Pass the role to a new Lambda function and invoke it`. */
  readonly title: string;
  /** All actions that must be allowed besides `iam:PassRole`; the action table tells for which resources. */
  readonly actions: readonly string[];
  /** The service principal that the role must trust, in its commercial form: `lambda.amazonaws.com`. */
  readonly service: string;
  /** The resources that a call of an action must name, where not every resource of the type will do. */
  readonly resources?: NamedResources;
}

/**
 * A technique that passes a role to a new or changed resource, and so acts as that role. It needs `iam:PassRole` for the role, but for
 * the few calls where AWS does not ask for it.
 */
export interface PassRoleTechnique extends ComputeTechnique {
  /** The name of the role for which AWS does not ask for `iam:PassRole`, or `*` for every role. Others cannot be used. */
  readonly withoutPassRole?: string;
  /** Whether the compute gets the role in an instance profile: one with the role exists, or the principal can create one. */
  readonly instanceProfile?: true;
  /** Another role of the account without which the calls do not work. */
  readonly secondRole?: SecondRole;
  /** What must exist besides, and is not in the snapshot: `an ECS cluster`. The path is then conditional. */
  readonly existing?: string;
  /** The kind of what must exist, where an inventory tells whether there is any. */
  readonly existingKind?: ComputeKind;
  /** What must exist besides, and no inventory lists: `something that launches instances`. The path stays conditional. */
  readonly besides?: string;
  /** The technique uses a service that AWS has retired or closed to new customers; the path is conditional on its use. */
  readonly retired?: true;
}

/**
 * A second role: one that is passed as well, to another service; or one that the passed role assumes, and that does the work with its
 * own permissions.
 */
export type SecondRole = { readonly kind: 'passed'; readonly service: string } | { readonly kind: 'assumed' };

/** Compute of which there is no inventory, as a noun with its article: `an EMR cluster`. */
export type UnlistedCompute = `a ${string}` | `an ${string}`;

/** A technique that controls existing compute that runs with a role. Without an inventory the path is conditional. */
export interface ExistingComputeTechnique extends ComputeTechnique {
  readonly compute: ComputeKind | UnlistedCompute;
  /** The values, as patterns, that the calls give to condition keys (lower case), where not every value will do. */
  readonly keys?: Readonly<Record<string, readonly string[]>>;
  /** What must exist besides, and is not in the snapshot: `a session on the managed node`. The path stays conditional. */
  readonly existing?: string;
  readonly retired?: true;
}
